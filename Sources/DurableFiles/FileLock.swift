internal import Glibc

/// A lock that is held as long as the value lives, and ends with the process.
public struct FileLock: ~Copyable, Sendable {
  private let descriptor: CInt

  init(descriptor: CInt) { self.descriptor = descriptor }

  /// Keeps the lock up to here: the value must outlive what it guards.
  public borrowing func hold() {}

  deinit { close(descriptor) }
}
