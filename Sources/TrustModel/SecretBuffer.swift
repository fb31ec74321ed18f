internal import Glibc

/// Octets that nobody else may see, with one owner that fills them: in pages that are locked and wiped.
///
/// They cannot be copied. Never make a String of them, and no Array that outlives `withArray`: nothing wipes those.
public struct SecretBuffer: ~Copyable {
  private let pages: SecretPages
  /// How many octets there are.
  public private(set) var count = 0

  /// No octets yet, with room for `capacity`; nil where there is no memory.
  public init?(capacity: Int) {
    guard let pages = SecretPages(capacity: capacity) else { return nil }
    self.pages = pages
  }

  private var memory: UnsafeMutableRawPointer { pages.memory }
  private var capacity: Int { pages.capacity }

  /// Adds an octet; false where there is no room.
  public mutating func append(_ octet: UInt8) -> Bool {
    guard count < capacity else { return false }
    memory.storeBytes(of: octet, toByteOffset: count, as: UInt8.self)
    count += 1
    return true
  }

  /// Lets `body` write behind the last octet; it says how many octets it has written.
  public mutating func extend<Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    let free = UnsafeMutableRawBufferPointer(start: memory + count, count: capacity - count)
    count += min(max(try body(free), 0), free.count)
  }

  /// The octets, for as long as `body` runs.
  public borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// The octets as an array, for what takes nothing else; it is wiped when `body` ends.
  ///
  /// `body` must let neither the array nor a slice of it escape.
  public borrowing func withArray<Result, Failure: Error>(
    _ body: ([UInt8]) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var array = [UInt8](unsafeUninitializedCapacity: count) { free, filled in
      UnsafeMutableRawBufferPointer(free).copyMemory(from: UnsafeRawBufferPointer(start: memory, count: count))
      filled = count
    }
    defer {
      array.withUnsafeMutableBytes { octets in
        if let start = octets.baseAddress { explicit_bzero(start, octets.count) }
      }
    }
    return try body(array)
  }
}
