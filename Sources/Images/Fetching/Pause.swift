internal import Glibc

/// Waiting for another process.
enum Pause {
  /// Waits 200 milliseconds.
  static func fifthOfASecond() { usleep(200_000) }
}
