import Archives
import Glibc
import Testing

/// A temporary directory that goes away with its owner.
final class Scratch {
  let path: String

  init() throws {
    var template = Array("/tmp/archives-tests-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemFailure(what: "mkdtemp", code: errno) }
    path = String(cString: made)
  }

  deinit {
    _ = try? run(["rm", "-rf", path])
  }

  /// Writes a file and returns its path.
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemFailure(what: "open", code: errno) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw SystemFailure(what: "write", code: errno) }
      written += count
    }
    return file
  }

  /// Reads a whole file.
  func read(_ name: String) throws -> [UInt8] {
    let descriptor = open(path + "/" + name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure(what: "open", code: errno) }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw SystemFailure(what: "read", code: errno) }
      if count == 0 { return all }
      all += buffer[..<count]
    }
  }

  /// The output of a program that is given `bytes` as its last argument, a file.
  func filter(_ command: [String], _ bytes: [UInt8]) throws -> [UInt8] {
    let input = try write(bytes, "filter-in")
    try run(command + [input], output: path + "/filter-out")
    return try read("filter-out")
  }
}

/// A system call or a program that did not do what the test needs.
struct SystemFailure: Error {
  let what: String
  let code: Int32
}

/// Runs a program found in PATH to its end, its output in a file; throws unless it ends with 0.
func run(_ command: [String], output: String = "/dev/null") throws {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var process = pid_t()
  let code = posix_spawnp(&process, command[0], &actions, nil, &arguments, environ)
  guard code == 0 else { throw SystemFailure(what: command[0], code: code) }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
  guard status == 0 else { throw SystemFailure(what: command.joined(separator: " "), code: status) }
}

/// Reads an image from octets, through a file; `collect` is given what the archive holds uncompressed.
@discardableResult
func readImage(
  _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits(), collect: ((UnsafeRawBufferPointer) -> Void)? = nil
) throws -> ImageArchive {
  var template = Array("/tmp/archives-tests-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  guard descriptor >= 0 else { throw SystemFailure(what: "mkstemp", code: errno) }
  defer { close(descriptor) }
  unlink(template)
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { throw SystemFailure(what: "write", code: errno) }
    written += count
  }
  return try ImageArchive.read(from: descriptor, limits: limits, onUncompressed: collect)
}

/// The error of an image that must not be read, whether its bodies are passed over or not; both must say the same.
func refusal(
  _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits(), _ location: SourceLocation = #_sourceLocation
) -> String? {
  func attempt(_ collect: ((UnsafeRawBufferPointer) -> Void)?) -> String? {
    do {
      try readImage(bytes, limits: limits, collect: collect)
      return nil
    } catch let error as ArchiveError {
      return error.isMalformed ? error.description : "not malformed: \(error)"
    } catch {
      return "\(error)"
    }
  }
  let skipping = attempt(nil)
  #expect(attempt { _ in } == skipping, sourceLocation: location)
  return skipping
}
