public import ArgumentParser
internal import OpenPGP
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve keys`: every trusted-key file of both layers.
public struct KeysCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "List every trusted-key file: whose key, for which names, from which layer.")

  @OptionGroup var options: CommonOptions

  @Option(name: .long, help: "Only scopes at or below this prefix.", transform: Prefix.argument)
  var prefix: Prefix?

  @Option(name: .long, help: "Only this layer: distribution or administrator.")
  var layer: Layer?

  @Option(
    name: .long,
    help: "Only this status: trusted, disabled, overridden, mask, expired, revoked, weak or invalid.")
  var status: KeyStatus?

  /// A command, filled in by the parser.
  public init() {}

  /// Reads, judges and lists.
  public func run() throws {
    let output = Output(options)
    let now = SystemClock.now
    var inventory = KeyInventory(options.layers)
    output.progress("read \(inventory.keys.count) files; judging their keys with GnuPG")
    inventory.judge(by: CertificateJudge(), at: now) { isWanted($0.file.layer, $0.file.scope) }
    let records = inventory.records(at: now).filter { record in
      isWanted(record.layer, record.scope) && (status.map { $0 == record.status } ?? true)
    }
    for obstacle in inventory.listing.obstacles { output.message("warning: not seen: \(obstacle.error)") }
    output.result(["schema": "keyreeve.keys/1", "keys": .array(records.map(\.document))]) { style in
      KeyText.table(records, style)
    }
  }

  private func isWanted(_ layer: Layer, _ scope: Scope) -> Bool {
    if let wanted = self.layer, wanted != layer { return false }
    return prefix.map { Scope.prefix($0).covers(scope) } ?? true
  }
}
