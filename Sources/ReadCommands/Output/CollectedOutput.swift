internal import Synchronization
internal import TrustModel

/// What commands print while somebody collects it, in place of the two output streams.
///
/// Nothing of it is coloured, and no command may ask a question meanwhile.
final class CollectedOutput: Sendable {
  /// The most octets that are kept; the rest is left out, and the last line says so.
  static let octetLimit = 4 << 20

  /// Who collects on this thread or task; nil where the streams are meant.
  @TaskLocal static var current: CollectedOutput?

  private let octets = Mutex<(kept: [UInt8], isCut: Bool)>(([], false))

  func add(_ more: some Collection<UInt8>) {
    octets.withLock { all in
      let room = Self.octetLimit - all.kept.count
      all.kept += more.prefix(room)
      if more.count > room { all.isCut = true }
    }
  }

  /// The lines, which are not kept any longer.
  func takeLines() -> [String] {
    let taken = lines
    octets.withLock { $0 = ([], false) }
    return taken
  }

  /// What was printed, in lines without what a terminal would act on.
  var lines: [String] {
    let (kept, isCut) = octets.withLock { $0 }
    var pieces = kept.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if pieces.last?.isEmpty ?? false { pieces.removeLast() }
    let lines = pieces.map { VisibleText(octets: $0).description }
    return isCut ? lines + ["(cut after \(Self.octetLimit) octets)"] : lines
  }
}
