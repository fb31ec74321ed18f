public import ArgumentParser
internal import ReadCommands
internal import TrustChange
internal import TrustVerify

/// `keyreeve keys` for the program that may write: the same list, and what was judged is kept for the next one.
public struct CachingKeysCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = KeysArguments.configuration

  @OptionGroup var arguments: KeysArguments

  /// A command, filled in by the parser.
  public init() {}

  /// Lists, then keeps what was learned; a cache that cannot be written costs the next list time, nothing else.
  public func run() throws {
    guard let cache = try arguments.list(), let path = arguments.options.listingCachePath else { return }
    do {
      try ListingCacheFile.store(cache.octets, at: path)
    } catch {
      if arguments.options.verbose { Output.complain("the listing cache was not kept: \(error)") }
    }
  }
}
