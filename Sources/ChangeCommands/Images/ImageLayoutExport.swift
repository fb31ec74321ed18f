internal import Images
internal import ReadCommands
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve image export --oci`: a fetched image as an OCI image layout.
struct ImageLayoutExport {
  let options: CommonOptions

  /// Writes the layout and says what was lost.
  func run(_ image: String, to path: String, unverified: Bool) throws {
    let output = Output(options)
    try withReasons {
      let record = try options.images.find(image)
      let export = LayoutExport(options.images, at: SystemClock.now, skipsVerification: unverified)
      switch try export.write(record, to: path) {
      case .refused(let verdict): throw CommandFailure(verdict.reason, verdict.message)
      case .written(let written, let verdict): try say(written, verdict, path, output)
      }
    }
  }

  private func say(_ written: LayoutExport.Written, _ verdict: Verdict, _ path: String, _ output: Output) throws {
    for loss in written.losses { output.message("not carried over: \(loss)") }
    try output.result([
      "schema": "keyreeve.layout-export/1", "directory": JSON(path), "tag": JSON(written.tag),
      "digest": JSON(written.digest), "signature": JSON(written.signature), "id": JSON(verdict.subject.digest),
      "accepted": .bool(verdict.isAccepted), "notCarriedOver": JSON(written.losses),
    ]) { _ in
      ["exported: oci:\(VisibleText(path)):\(written.tag) \(written.digest)"]
        + (written.signature.map { ["signature: \($0), an artifact that refers to it"] } ?? [])
    }
  }
}
