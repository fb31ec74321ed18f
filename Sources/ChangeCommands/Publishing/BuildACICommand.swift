public import ArgumentParser
internal import Publishing
internal import ReadCommands
internal import StrictJSON
internal import TrustModel

/// `keyreeve build-aci`: an image out of a folder.
public struct BuildACICommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "build-aci", abstract: "Pack a root file system and its manifest into an image, and print its id.",
    discussion: """
      DIR holds manifest and rootfs, as for actool build. The same folder makes the same octets: entries are in a fixed \
      order, and with SOURCE_DATE_EPOCH in the environment all of them carry that time; without it each keeps its own, \
      as actool has it. Owners and modes are the files' own. Extended attributes are not kept. What was written is read \
      back before the file gets its name.

      keyreeve build-aci hello --output hello.aci --owner 0:0
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("The folder with manifest and rootfs.", valueName: "dir"))
  var folder: String

  @Option(help: ArgumentHelp("The image.", valueName: "file.aci"))
  var output: String

  @Option(help: ArgumentHelp("The manifest, in place of DIR/manifest.", valueName: "file"))
  var manifest: String?

  @Option(help: "gzip, xz or none.")
  var compression = ImageCompression.gzip

  @Option(
    help: ArgumentHelp("The owner of every entry, by numbers: 0:0.", valueName: "uid:gid"),
    transform: ImageBuild.Owner.argument)
  var owner: ImageBuild.Owner?

  @Flag(help: "Pack devices as well.")
  var devices = false

  @Flag(help: "Replace an image that exists.")
  var overwrite = false

  /// A command, filled in by the parser.
  public init() {}

  /// Builds.
  public func run() throws {
    var build = ImageBuild(folder, output: output)
    (build.manifest, build.compression, build.owner) = (manifest, compression, owner)
    (build.packsDevices, build.isReplacing, build.time) = (devices, overwrite, try Self.time())
    let output = Output(options)
    if !self.output.hasSuffix(".aci") {
      output.message("warning: images are called .aci, and discovery asks for nothing else")
    }
    let built = try publishing { () throws(PublishingProblem) in try build.run() }
    for note in built.notes { output.message("note: \(note)") }
    try output.result([
      "schema": "keyreeve.build/1", "file": JSON(self.output), "id": JSON(built.id.description),
      "name": JSON(built.name.description),
      "labels": .object(built.labels.pairs.map { .init(JSONString($0.name), JSON($0.value)) }),
      "entries": JSON(built.entries), "uncompressedSize": JSON(built.uncompressedSize),
      "compression": JSON(compression.rawValue), "notes": JSON(built.notes),
    ]) { _ in [built.id.description] }
  }

  /// Source: reproducible-builds.org, "SOURCE_DATE_EPOCH".
  private static func time() throws -> Int64? {
    guard let text = Environment["SOURCE_DATE_EPOCH"], !text.isEmpty else { return nil }
    guard let time = Int64(text), (0...0o77_777_777_777).contains(time) else {
      throw CommandFailure(.usage, "SOURCE_DATE_EPOCH is a number of seconds, not '\(VisibleText(text, limit: 80))'")
    }
    return time
  }
}

extension ImageCompression: ExpressibleByArgument {}

extension ImageBuild.Owner {
  @Sendable static func argument(_ text: String) throws -> ImageBuild.Owner {
    guard let owner = ImageBuild.Owner(text) else {
      throw ValidationError("'\(VisibleText(text, limit: 80))' is no owner such as 0:0")
    }
    return owner
  }
}
