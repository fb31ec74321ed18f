public import ArgumentParser
internal import Stores
internal import StrictJSON
internal import TrustModel
public import TrustVerify

/// The arguments of `keys`, and what it does: shared with the program that keeps what it learned.
public struct KeysArguments: ParsableArguments {
  /// Name and help of the command.
  public static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "List every trusted-key file: whose key, for which names, from which layer.")

  /// The common options.
  @OptionGroup public var options: CommonOptions

  @Option(name: .long, help: "Only scopes at or below this prefix.", transform: Prefix.argument)
  var prefix: Prefix?

  @Option(name: .long, help: "Only this layer: distribution or administrator.")
  var layer: Layer?

  @Option(
    name: .long,
    help: "Only this status: trusted, disabled, overridden, mask, expired, revoked, weak or invalid.")
  var status: KeyStatus?

  /// Arguments, filled in by the parser.
  public init() {}

  /// Prints the list; returns the cache to be kept where something new was learned.
  public func list() throws -> ListingCache? {
    let output = Output(options)
    let listing = KeyListing(options.layers, cache: options.listingCache, at: SystemClock.now) { file in
      (layer.map { $0 == file.layer } ?? true) && (prefix.map { Scope.prefix($0).covers(file.scope) } ?? true)
    }
    output.progress("\(listing.records.count) files; \(listing.advance == nil ? "none" : "some") judged anew")
    let records = listing.records.filter { record in status.map { $0 == record.status } ?? true }
    for obstacle in listing.obstacles { output.message("warning: not seen: \(obstacle.error)") }
    try output.result(["schema": "keyreeve.keys/1", "keys": .array(records.map(\.document))]) { style in
      KeyText.table(records, style)
    }
    return prefix == nil && layer == nil ? listing.advance : nil
  }
}
