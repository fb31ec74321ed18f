internal import CTerm

/// A passphrase in memory of its own: locked where the system allows it, outside of core dumps, wiped when it goes.
///
/// It cannot be copied. Never make a String or an Array of it: nothing wipes those.
@safe
public struct Secret: ~Copyable {
  private let memory: UnsafeMutableRawPointer
  private let capacity: Int
  /// The number of bytes.
  public private(set) var count = 0

  /// Room for so many bytes, at least 1.
  ///
  /// Nil when there is no memory.
  init?(capacity: Int) {
    self.capacity = max(capacity, 1)
    guard let memory = unsafe cterm_secret_allocate(self.capacity) else { return nil }
    unsafe self.memory = memory
  }

  deinit { unsafe cterm_secret_free(memory, capacity) }

  /// Lends the bytes, to be written to a pipe or handed to a library.
  ///
  /// The pointer is not valid afterwards.
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    unsafe try body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// The bytes as they are now, to be shown; to be ended before another key is read, and before the secret goes.
  func lent() -> LentSecret { unsafe LentSecret(UnsafeRawBufferPointer(start: memory, count: count)) }

  /// Reads one key of the terminal into it: one of the CTERM_SECRET values.
  mutating func readKey() -> Int {
    var used = count
    let result = unsafe cterm_secret_key(memory.assumingMemoryBound(to: UInt8.self), capacity, &used)
    count = used
    return Int(result)
  }

  /// Adds bytes as far as there is room: how a scripted terminal types.
  mutating func append(_ bytes: some Sequence<UInt8>) {
    for byte in bytes where count < capacity {
      unsafe memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
      count += 1
    }
  }

  /// The number of UTF-8 characters, for showing that something was typed.
  var characters: Int {
    unsafe withUnsafeBytes { bytes in unsafe bytes.count { $0 & 0xC0 != 0x80 } }
  }
}
