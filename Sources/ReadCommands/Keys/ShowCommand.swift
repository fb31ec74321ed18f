public import ArgumentParser
internal import OpenPGP
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve show`: one key in full, with every place that holds or masks it.
public struct ShowCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one key in full, with every place that holds or masks it.")

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("A full fingerprint, or a file with public keys.", valueName: "fingerprint|file"))
  var key: String

  /// A command, filled in by the parser.
  public init() {}

  /// Reads, judges and shows.
  public func run() throws {
    let now = SystemClock.now
    var inventory = KeyInventory(options.layers)
    var details: [KeyDetail] = []
    if let fingerprint = Fingerprint(typed: key) {
      inventory.judge(by: CertificateJudge(), at: now) { $0.file.fingerprint == fingerprint }
      let detail = KeyDetail(fingerprint, in: inventory, at: now)
      guard !detail.places.isEmpty else {
        throw CommandFailure(.notFound, "no layer holds a file of fingerprint \(fingerprint); see: keyreeve keys")
      }
      details = [detail]
    } else {
      for certificate in try KeySource.certificates(in: key) {
        inventory.judge(by: CertificateJudge(), at: now) { $0.file.fingerprint == certificate.fingerprint }
        details.append(try KeyDetail(certificate, in: inventory, judge: CertificateJudge(), at: now))
      }
    }
    let keys = details
    try Output(options).result(["schema": "keyreeve.key/1", "keys": .array(keys.map(\.document))]) { style in
      keys.flatMap { KeyDetailText(detail: $0, style: style, now: now).lines }
    }
  }
}
