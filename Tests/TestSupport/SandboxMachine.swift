import Glibc
import Synchronization
public import TrustModel

/// A whole machine in a folder: both key layers, empty at first, for tests to place in them whatever might lie there.
///
/// Paths given to it are absolute paths of that machine; `located` says where they are. Gone with its last owner.
public final class SandboxMachine {
  private let folder: TemporaryDirectory

  /// A machine with `root.d` and `prefix.d` in both layers.
  public init() throws {
    folder = try TemporaryDirectory(prefix: "kr-machine")
    // Tests look at it as another user too.
    chmod(folder.path, 0o755)
    for layer in Layer.allCases {
      for name in ["/root.d", "/prefix.d"] { try makeDirectory(layer.directory + name) }
    }
  }

  /// The folder: what `--sysroot` takes.
  public var path: String { folder.path }

  /// Where an absolute path of the machine lies.
  public func located(_ absolute: String) -> String { folder.path + absolute }

  /// The directory of a scope in a layer.
  public static func directory(_ layer: Layer, _ scope: Scope) -> String {
    switch scope {
    case .root: layer.directory + "/root.d"
    case .prefix(let prefix): layer.directory + "/prefix.d/\(prefix)"
    }
  }

  /// Makes a directory with those above it.
  public func makeDirectory(_ absolute: String) throws {
    try folder.mkdir(String(absolute.dropFirst()))
  }

  /// Writes a file, with the directories above it, and returns its path on the machine.
  @discardableResult
  public func write(_ absolute: String, _ octets: [UInt8], mode: UInt32 = 0o644) throws -> String {
    if let slash = absolute.lastIndex(of: "/"), slash != absolute.startIndex {
      try makeDirectory(String(absolute[..<slash]))
    }
    try folder.write(String(absolute.dropFirst()), octets, mode: mode)
    return absolute
  }

  /// Places a file of any name and contents in a scope of a layer and returns its path on the machine.
  @discardableResult
  public func place(
    _ octets: [UInt8], named name: String, in scope: Scope = .root, _ layer: Layer, mode: UInt32 = 0o644
  ) throws -> String {
    try write(Self.directory(layer, scope) + "/" + name, octets, mode: mode)
  }

  /// Places a certificate under its fingerprint and returns its path on the machine.
  @discardableResult
  public func place(_ certificate: MadeCertificate, in scope: Scope = .root, _ layer: Layer) throws -> String {
    try place(certificate.octets, named: "\(certificate.primary.fingerprint)", in: scope, layer)
  }

  /// Places the administrator's empty file that disables a fingerprint and returns its path on the machine.
  @discardableResult
  public func mask(_ fingerprint: Fingerprint, in scope: Scope = .root) throws -> String {
    try place([], named: "\(fingerprint)", in: scope, .administrator)
  }

  /// Makes a symbolic link at a path of the machine; its target is taken as it is.
  public func link(_ absolute: String, to target: String) throws {
    if let slash = absolute.lastIndex(of: "/") { try makeDirectory(String(absolute[..<slash])) }
    try Self.check(symlink(target, located(absolute)), "symlink \(absolute)")
  }

  /// Moves what is at a path out of the layers and puts a link to it in its place.
  public func replaceByLink(_ absolute: String) throws {
    let hidden = located("/moved-" + absolute.split(separator: "/").joined(separator: "-"))
    try Self.check(rename(located(absolute), hidden), "rename \(absolute)")
    try Self.check(symlink(hidden, located(absolute)), "symlink \(absolute)")
  }

  /// Makes a FIFO at a path of the machine.
  public func makeFIFO(_ absolute: String) throws {
    try Self.check(mkfifo(located(absolute), 0o644), "mkfifo \(absolute)")
  }

  /// Changes the mode of a file or directory.
  public func setMode(_ absolute: String, _ mode: UInt32) throws {
    try Self.check(chmod(located(absolute), mode), "chmod \(absolute)")
  }

  /// The permission bits of what is at a path, links not followed; nil where nothing is.
  public func mode(_ absolute: String) -> UInt32? {
    var status = stat()
    return lstat(located(absolute), &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  /// Removes a file or link.
  public func remove(_ absolute: String) throws {
    try Self.check(unlink(located(absolute)), "unlink \(absolute)")
  }

  /// The contents of a file; nil where there is none.
  public func contents(_ absolute: String) -> [UInt8]? {
    let descriptor = open(located(absolute), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var octets: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { octets += chunk[..<count] }
    return octets
  }

  /// The names in a directory, sorted; nil where there is none.
  public func names(in absolute: String) -> [String]? { try? folder.list(String(absolute.dropFirst())) }

  private static func check(_ result: Int32, _ what: String) throws {
    guard result == 0 else { throw ChildProcess.Failure.system(what, errno) }
  }
}

/// A thread beside the test's own: somebody who meddles with the machine, or a writer with other rights.
public struct OwnThread: Sendable {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let thread: pthread_t

  /// Starts `body` on a new thread, which has to be joined.
  public init(_ body: @escaping @Sendable () -> Void) throws {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let failure = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard failure == 0 else {
      work.release()
      throw ChildProcess.Failure.system("pthread_create", failure)
    }
    self.thread = thread
  }

  /// Waits for its end.
  public func join() { pthread_join(thread, nil) }

  /// Runs `body` while another thread takes `step` again and again, and returns how many times it did.
  @discardableResult
  public static func during(_ body: () throws -> Void, repeat step: @escaping @Sendable () -> Void) throws -> Int {
    let state = Repetition()
    let thread = try OwnThread {
      while !state.isOver.load(ordering: .relaxed) {
        step()
        state.count.add(1, ordering: .relaxed)
      }
    }
    defer { thread.join() }
    defer { state.isOver.store(true, ordering: .relaxed) }
    // Until the first step nothing would be disturbed.
    while state.count.load(ordering: .relaxed) == 0 { usleep(100) }
    try body()
    return state.count.load(ordering: .relaxed)
  }

  private final class Repetition: Sendable {
    let isOver = Atomic(false)
    let count = Atomic(0)
  }

  /// Runs `body` to its end on a thread with a umask of its own and, where one is given and the test runs as root, with
  /// the rights of user number `user` over files.
  public static func run<Value: Sendable>(
    umask mask: UInt32 = 0o022, user: UInt32? = nil, _ body: @escaping @Sendable () throws -> Value
  ) throws -> Value {
    let outcome = Outcome<Value>()
    try OwnThread {
      let result = Result {
        try takeRights(mask, user)
        return try body()
      }
      outcome.result.withLock { $0 = result }
    }.join()
    guard let result = outcome.result.withLock({ $0 }) else { throw ChildProcess.Failure.system("thread", EINVAL) }
    return try result.get()
  }

  private final class Outcome<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
  }

  /// Umask and file-system user are this thread's alone: CLONE_FS is taken back, and Linux keeps the latter by thread.
  private static func takeRights(_ mask: UInt32, _ user: UInt32?) throws {
    typealias Call = @convention(c) (UInt32) -> CInt
    func call(_ name: String) throws -> Call {
      guard let symbol = dlsym(nil, name) else { throw ChildProcess.Failure.system(name, ENOSYS) }
      return unsafeBitCast(symbol, to: Call.self)
    }
    let cloneFileSystem: UInt32 = 0x200
    guard try call("unshare")(cloneFileSystem) == 0 else { throw ChildProcess.Failure.system("unshare", errno) }
    umask(mask)
    if let user, geteuid() == 0 { _ = try call("setfsuid")(user) }
  }
}
