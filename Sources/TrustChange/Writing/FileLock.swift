internal import Glibc

/// A lock that is held as long as the value lives.
struct FileLock: ~Copyable {
  private let descriptor: CInt

  init(descriptor: CInt) { self.descriptor = descriptor }

  /// Keeps the lock up to here: the value must outlive what it guards.
  borrowing func hold() {}

  deinit { close(descriptor) }
}
