import CTerm
import Glibc
import Synchronization

/// A real web server on this machine that says exactly what a test tells it, lies included, and keeps what it was asked.
///
/// ```
/// let site = try TestSite()
/// try site.answer("/page", .text("<html>"), .status(404))   // the last one stays
/// fetch(site.address("/page"))                               // https://localhost:PORT/page
/// try site.requests("/page").count
/// ```
///
/// An answer is looked for by host and target (`example.com/page?x=1`), host and path, target, path, and `*`. Safe to
/// use from several tests at once; gone with its last owner.
public final class TestSite: Sendable {
  /// Where the server listens, and how.
  public struct Listener: Sendable {
    var members: [String: SiteDocument]

    /// With TLS.
    ///
    /// `clients`: only for clients with a certificate by the authority. `isOld`: TLS 1.1 at most.
    public static func https(
      _ certificate: SiteCertificate = .good, clients: Bool = false, isOld: Bool = false
    ) throws -> Listener {
      var members: [String: SiteDocument] = [
        "kind": .text("https"), "certificate": .text(try certificate.file), "key": .text(try certificate.keyFile),
        "oldest": .boolean(isOld),
      ]
      if clients { members["clients"] = .text(try SiteCertificate.authorities) }
      return Listener(members: members)
    }

    /// In the clear.
    public static let http = Listener(members: ["kind": .text("http")])

    /// Takes connections and never says a word.
    public static let silent = Listener(members: ["kind": .text("http"), "silent": .boolean(true)])

    /// A proxy that leads `CONNECT` to a port of this machine, the one that is asked for unless told otherwise.
    public static func proxy(leadsTo port: Int = 0, refuses: Bool = false) -> Listener {
      Listener(members: [
        "kind": .text("proxy"), "leadsTo": .number(Double(port)), "refuses": .boolean(refuses),
      ])
    }

    /// The same at a Unix socket.
    public func at(socket path: String) -> Listener {
      var copy = self
      copy.members["socket"] = .text(path)
      return copy
    }

    /// The same at that port.
    public func at(port: Int) -> Listener {
      var copy = self
      copy.members["port"] = .number(Double(port))
      return copy
    }
  }

  /// The server did not do what it was told.
  public enum Failure: Error {
    /// In its words.
    case refused(String)
  }

  /// The port of the listener that it was made with.
  public let port: Int

  private let process: Int32
  private let input: Int32
  private let output: Mutex<Int32>

  /// A site with one listener, by default https with a good certificate.
  public convenience init(_ certificate: SiteCertificate = .good) throws {
    try self.init(try Listener.https(certificate))
  }

  /// A site with one listener.
  public init(_ listener: Listener) throws {
    let pipes = try Self.start()
    (process, input) = (pipes.process, pipes.input)
    output = Mutex(pipes.output)
    port = try Self.open(listener, input, pipes.output)
  }

  deinit {
    close(input)
    output.withLock { _ = close($0) }
    _ = cterm_wait_child(process)
  }

  /// The address of a path on the first listener.
  public func address(_ path: String, host: String = "localhost", scheme: String = "https") -> String {
    "\(scheme)://\(host):\(port)\(path)"
  }

  /// Opens one more listener and gives its port, 0 for a Unix socket.
  public func open(_ listener: Listener) throws -> Int {
    try output.withLock { try Self.open(listener, input, $0) }
  }

  /// Answers from now on like this; of several answers each is given once, and the last one for ever.
  public func answer(_ path: String, _ answers: SiteAnswer...) throws {
    try tell(["do": .text("answer"), "path": .text(path), "answers": .list(answers.map(\.document))])
  }

  /// Serves the files below a directory wherever there is no other answer, with ranges and entity tags.
  public func serve(_ directory: String) throws {
    try tell(["do": .text("serve"), "directory": .text(directory)])
  }

  /// What it was asked, in order; of one path where given.
  public func requests(_ path: String? = nil) throws -> [SiteRequest] {
    let rows = try tell(["do": .text("requests")])
    return rows.compactMap { SiteRequest(row: $0) }.filter { path == nil || $0.path == path }
  }

  /// Forgets what it was asked.
  public func forget() throws { try tell(["do": .text("forget")]) }

  @discardableResult
  private func tell(_ command: [String: SiteDocument]) throws -> [Substring] {
    try output.withLock { try Self.tell(command, input, $0) }
  }

  // MARK: The program

  private static let program = String("\(#filePath)".dropLast("TestSite.swift".count)) + "site.py"

  private static func start() throws -> (process: Int32, input: Int32, output: Int32) {
    var pipes = try ChildPipes()
    defer { pipes.closeAll() }
    let arguments = ["python3", "-I", "-S", "-B", "-W", "ignore", program]
    let words = arguments.map { strdup($0) } + [nil]
    let variables = ChildProcess.cleanEnvironment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    let process = cterm_spawn("python3", words, variables, pipes.input.read, pipes.output.write, 2)
    guard process > 0 else { throw ChildProcess.Failure.system("spawn python3", -process) }
    let ends = pipes.takeParentEnds()
    close(ends.errors)
    return (process, ends.input, ends.output)
  }

  private static func open(_ listener: Listener, _ input: Int32, _ output: Int32) throws -> Int {
    let reply = try tell(listener.members.merging(["do": .text("listen")]) { $1 }, input, output)
    return reply.first.flatMap { Int($0) } ?? 0
  }

  private static func tell(
    _ command: [String: SiteDocument], _ input: Int32, _ output: Int32
  ) throws -> [Substring] {
    var rest = Array((SiteDocument.object(command).encoded + "\n").utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      guard written > 0 else { throw ChildProcess.Failure.system("write to site.py", errno) }
      rest = rest.dropFirst(written)
    }
    let words = try readLine(output).split(separator: " ")
    guard words.first == "ok" else { throw Failure.refused(words.joined(separator: " ")) }
    return Array(words.dropFirst())
  }

  private static func readLine(_ output: Int32) throws -> String {
    var line: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while line.last != 0x0a {
      let count = read(output, &chunk, chunk.count)
      guard count > 0 else { throw ChildProcess.Failure.system("read from site.py", errno) }
      line += chunk[..<count]
    }
    return String(decoding: line.dropLast(), as: UTF8.self)
  }
}
