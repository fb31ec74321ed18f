internal import CTerm

/// Tells the event loop that something changed in some directories, without asking again and again.
///
/// It says that something changed, not what: read the directories again. What is below a directory is not watched; list
/// each one. Changes on network file systems that others make are not seen.
public final class DirectoryWatch {
  private(set) var descriptor: Int32 = -1

  /// A watch over nothing yet.
  public init() {}

  deinit { close() }

  /// Watches these directories, and no longer the earlier ones.
  ///
  /// - Returns: the directories that cannot be watched: they do not exist, are not readable, or the system's limit is
  ///   reached. Watch the parent of one that does not exist.
  @discardableResult
  public func watch(_ directories: [String]) -> [String] {
    close()
    descriptor = cterm_watch_open()
    guard descriptor >= 0 else { return directories }
    return directories.filter { directory in unsafe cterm_watch_add(descriptor, directory) != 0 }
  }

  func drain() {
    if descriptor >= 0 { cterm_watch_drain(descriptor) }
  }

  private func close() {
    if descriptor >= 0 { cterm_close_descriptor(descriptor) }
    descriptor = -1
  }
}
