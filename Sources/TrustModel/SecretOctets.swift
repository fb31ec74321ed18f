/// Octets that nobody may find later, shared by whoever needs them: in pages that are locked, and wiped when the last owner
/// is gone.
///
/// Read in place, octet by octet. Never make a String or an Array of them: nothing wipes those.
///
/// Invariant behind `@unchecked Sendable`: after `init` nobody writes to the pages, so that threads share what is only read.
public final class SecretOctets: @unchecked Sendable, RandomAccessCollection, CustomStringConvertible, CustomReflectable
{
  private let pages: SecretPages
  /// How many there are.
  public let count: Int

  /// Room for so many octets, and what `fill` writes into it: it gives how many.
  ///
  /// Ends the process where the system has no memory.
  public init(capacity: Int, _ fill: (UnsafeMutableRawBufferPointer) throws -> Int) rethrows {
    // The system grants a page or ends the process anyway: there is no state in which to go on without one.
    guard let pages = SecretPages(capacity: capacity) else { fatalError("no memory") }
    count = try fill(UnsafeMutableRawBufferPointer(start: pages.memory, count: capacity))
    self.pages = pages
  }

  /// The octets of several sequences, one behind the other.
  public convenience init(_ pieces: any Collection<UInt8>...) {
    let capacity = pieces.reduce(0) { $0 + $1.count }
    self.init(capacity: capacity) { room in
      var index = 0
      func append(_ piece: some Collection<UInt8>) {
        for octet in piece {
          room[index] = octet
          index += 1
        }
      }
      for piece in pieces { append(piece) }
      return index
    }
  }

  /// Lends the octets; the pointer is not valid afterwards.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(start: pages.memory, count: count))
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// `count`.
  public var endIndex: Int { count }

  /// One octet.
  public subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return pages.memory.load(fromByteOffset: index, as: UInt8.self)
  }

  /// Nothing of them.
  public var description: String { "(secret)" }

  /// Nothing inside.
  public var customMirror: Mirror { Mirror(self, children: ["count": count]) }
}
