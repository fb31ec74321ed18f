internal import ArgumentParser
internal import Images
internal import ReadCommands
internal import Registry
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve image export`: a fetched image in a file or on standard output.
struct ImageExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a fetched image to a file, as it was delivered, and its signature beside it.",
    discussion: """
      The image is read and judged by today's keys on the way; a file that exists is not replaced. The signature goes \
      to FILE.asc, so that FILE can be verified anywhere. Without FILE the image goes to standard output. With --oci it \
      becomes an OCI image with its program, user, environment, ports, mount points and labels; who signed it stands in \
      annotations and in an artifact that refers to it; what cannot be carried over is listed.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var insecure: InsecureImageOptions

  @Argument(
    help: ArgumentHelp(
      "The image: the beginning of its id, or its name with as many labels as tell it apart.", valueName: "image"))
  var image: String

  @Argument(help: "The file to write.")
  var file: String?

  @Option(
    name: .customLong("oci"),
    help: ArgumentHelp("Write it as an OCI image layout, a new directory, instead.", valueName: "dir"))
  var layout: String?

  @Flag(name: .long, help: "Replace a file that exists.")
  var overwrite = false

  func validate() throws {
    guard layout != nil, file != nil || overwrite else { return }
    throw ValidationError("--oci writes a new directory: leave FILE and --overwrite out")
  }

  func run() throws {
    let output = Output(options)
    insecure.warn(output)
    try refuseContainers()
    if let layout {
      return try ImageLayoutExport(options: options).run(image, to: layout, unverified: insecure.skipsVerification)
    }
    guard let file, file != "-" else {
      return try ImagePrinting(options: options).run(image, unverified: insecure.skipsVerification)
    }
    let export = try ImageExport(options.images, image)
    let writing = try exporting { () throws(ImageExportFile.Failure) in
      try ImageExportFile(file, replacing: overwrite)
    }
    let verdict = export.verdict(at: SystemClock.now) { writing.append($0) }
    guard export.isAllowed(verdict, unverified: insecure.skipsVerification) else {
      writing.abandon()
      throw CommandFailure(verdict.reason, verdict.message)
    }
    try exporting { () throws(ImageExportFile.Failure) in try writing.finish(signature: export.signature) }
    try output.result([
      "schema": "keyreeve.export/1", "file": JSON(file), "id": JSON(verdict.subject.digest),
      "signature": JSON(export.signature == nil ? nil : file + ".asc"), "accepted": .bool(verdict.isAccepted),
    ]) { _ in
      ["exported: \(VisibleText(file))"] + (export.signature == nil ? [] : ["signature: \(VisibleText(file)).asc"])
    }
  }

  /// What came from a registry has another form, which it keeps.
  private func refuseContainers() throws {
    guard let record = try ImageRemoval.containers(image, options)?.first else { return }
    throw CommandFailure(
      .usage,
      "docker://\(record.reference) is a container image, and export writes ACIs: keyreeve run docker://\(record.reference) runs it,"
        + " keyreeve push \(record.reference) uploads it")
  }

  private func exporting<Value>(_ body: () throws(ImageExportFile.Failure) -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      throw CommandFailure(error.reason, error.description)
    }
  }
}
