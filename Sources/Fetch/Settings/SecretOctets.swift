internal import Glibc

/// Octets that nobody may find later: in pages of their own, locked and left out of core dumps where the system allows
/// it, wiped when the last owner is gone.
///
/// Read in place, octet by octet. Never make a String or an Array of them: nothing wipes those.
@safe
public final class SecretOctets: @unchecked Sendable, RandomAccessCollection, CustomStringConvertible, CustomReflectable
{
  private let memory: UnsafeMutableRawPointer
  private let capacity: Int
  /// How many there are.
  public let count: Int

  /// Room for so many octets, and what `fill` writes into it: it gives how many.
  ///
  /// Ends the process where the system has no memory.
  public init(capacity: Int, _ fill: (UnsafeMutableRawBufferPointer) throws -> Int) rethrows {
    self.capacity = Swift.max(capacity, 1)
    let memory = unsafe mmap(nil, self.capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { fatalError("no memory") }
    unsafe self.memory = memory
    // Each of these may be refused; the octets are then less protected, but still usable.
    unsafe mlock(memory, self.capacity)
    unsafe madvise(memory, self.capacity, Int32(MADV_DONTDUMP))
    do {
      count = try unsafe fill(UnsafeMutableRawBufferPointer(start: memory, count: capacity))
    } catch {
      unsafe Self.free(memory, self.capacity)
      throw error
    }
  }

  deinit { unsafe Self.free(memory, capacity) }

  /// The octets of several sequences, one behind the other.
  public convenience init(_ pieces: any Collection<UInt8>...) {
    let capacity = pieces.reduce(0) { $0 + $1.count }
    unsafe self.init(capacity: capacity) { room in
      var index = 0
      func append(_ piece: some Collection<UInt8>) {
        for octet in piece {
          unsafe room[index] = octet
          index += 1
        }
      }
      for piece in pieces { append(piece) }
      return index
    }
  }

  /// Lends the octets; the pointer is not valid afterwards.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    unsafe try body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// `count`.
  public var endIndex: Int { count }

  /// One octet.
  public subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return unsafe memory.load(fromByteOffset: index, as: UInt8.self)
  }

  /// Nothing of them.
  public var description: String { "(secret)" }

  /// Nothing inside.
  public var customMirror: Mirror { Mirror(self, children: ["count": count]) }

  private static func free(_ memory: UnsafeMutableRawPointer, _ capacity: Int) {
    unsafe explicit_bzero(memory, capacity)
    unsafe munlock(memory, capacity)
    unsafe munmap(memory, capacity)
  }
}
