internal import CExchange

extension WritableDirectory {
  /// Has a part of an open file written to its disk while more of it comes, so that syncing it in the end takes less long.
  public static func beginFlush(of file: CInt, from offset: UInt64, count: UInt64) {
    kr_begin_flush(file, Int64(clamping: offset), Int64(clamping: count))
  }
}
