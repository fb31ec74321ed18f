internal import Glibc
internal import TrustModel

/// A folder for what an engine is to read or write once; nobody else may look into it, and it goes with its owner.
public final class WorkFolder {
  /// Its path.
  public let path: String

  /// Makes one, in `TMPDIR` or `/tmp`.
  ///
  /// - Throws: `EngineError`.
  public init() throws(EngineError) {
    let place =
      unsafe getenv("TMPDIR").map { unsafe String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    let template = unsafe strdup(place + "/keyreeve-XXXXXX")
    defer { unsafe free(template) }
    guard let template = unsafe template, unsafe mkdtemp(template) != nil else {
      throw EngineError(.failed, "no folder could be made in \(VisibleText(place)): \(Self.cause(errno))")
    }
    path = unsafe String(cString: template)
  }

  /// Writes a file, which only this user may read.
  ///
  /// - Throws: `EngineError`.
  public func write(_ name: String, _ octets: [UInt8]) throws(EngineError) {
    let descriptor = unsafe open(path + "/" + name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(name) }
    defer { close(descriptor) }
    var rest = octets[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(name) }
      rest = rest.dropFirst(count)
    }
  }

  /// The text of a file that an engine has written, without the blanks around it.
  ///
  /// - Throws: `EngineError` where there is none, or it is longer than the limit in octets.
  func text(_ name: String, limit: Int) throws(EngineError) -> String {
    let descriptor = unsafe open(path + "/" + name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw failure(name) }
    defer { close(descriptor) }
    var room = [UInt8](repeating: 0, count: limit + 1)
    let count = unsafe room.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    guard (0...limit).contains(count) else { throw failure(name) }
    return String(decoding: room.prefix(count).filter { $0 > 0x20 }, as: UTF8.self)
  }

  private func failure(_ name: String) -> EngineError {
    EngineError(.failed, "\(VisibleText(path))/\(name): \(Self.cause(errno))")
  }

  private static func cause(_ number: CInt) -> String { unsafe String(cString: strerror(number)) }

  deinit {
    guard let folder = unsafe opendir(path) else { return }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { unsafe unlink(path + "/" + name) }
    }
    unsafe closedir(folder)
    unsafe rmdir(path)
  }
}
