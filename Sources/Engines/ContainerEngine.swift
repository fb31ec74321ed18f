public import ChildPrograms
internal import Glibc
internal import TrustModel

/// The program that moves images and runs containers: docker, podman or nerdctl.
public struct ContainerEngine: Sendable {
  /// Its file.
  public let path: String
  /// What it understands.
  public let kind: EngineKind

  /// Its variables; nil for those of this process.
  public var environment: [String: String]?

  /// An engine whose file and family are known.
  public init(path: String, kind: EngineKind) { (self.path, self.kind) = (path, kind) }

  /// Gives it another folder of docker's settings than this process has.
  public mutating func use(configuration folder: String) { set("DOCKER_CONFIG", folder) }

  /// Gives it a variable that this process has not, or has otherwise.
  public mutating func set(_ variable: String, _ value: String) {
    var variables = environment ?? ChildProgram.ownEnvironment
    variables[variable] = value
    environment = variables
  }

  /// Finds the engine.
  ///
  /// - Parameters:
  ///   - name: docker, podman, nerdctl, or the file of one; nil for the first of them in `path`.
  ///   - path: directories, as `PATH` has them.
  /// - Throws: `EngineError` where there is none, or where it is this program itself.
  public static func find(_ name: String?, in path: String) throws(EngineError) -> ContainerEngine {
    for candidate in name.map({ [$0] }) ?? EngineKind.allCases.map(\.rawValue) {
      guard let file = ChildProgram.find(candidate, in: path) else { continue }
      guard !isThisProgram(file) else {
        throw EngineError(
          .usage,
          "\(VisibleText(file)) is keyreeve itself, which would start itself for ever: name the engine by --engine FILE or KEYREEVE_ENGINE"
        )
      }
      return ContainerEngine(path: file, kind: kind(of: file))
    }
    guard let name else {
      throw EngineError(
        .failed, "no container engine is in PATH (docker, podman, nerdctl): install one, or name it by --engine FILE")
    }
    let shown = VisibleText(name, limit: 200)
    let isKnown = EngineKind(rawValue: name) != nil
    throw EngineError(
      .failed,
      isKnown
        ? "\(shown) is not in PATH: install it, or name its file by --engine FILE"
        : "there is no engine \(shown): name docker, podman, nerdctl, or a file")
  }

  private static func isThisProgram(_ file: String) -> Bool {
    var own = stat(), other = stat()
    guard unsafe stat("/proc/self/exe", &own) == 0, unsafe stat(file, &other) == 0 else { return false }
    return own.st_dev == other.st_dev && own.st_ino == other.st_ino
  }

  /// By the name of its file, and of the one that a link leads to; a script by that of docker may be podman's, as Debian and Fedora
  /// have it.
  private static func kind(of file: String) -> EngineKind {
    for path in [file, real(file)] {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      for kind in [EngineKind.podman, .nerdctl] where name.contains(kind.rawValue) { return kind }
    }
    let beginning = beginning(of: file)
    guard beginning.starts(with: "#!".utf8) else { return .docker }
    let text = String(decoding: beginning, as: UTF8.self)
    return [EngineKind.podman, .nerdctl].first { text.contains($0.rawValue) } ?? .docker
  }

  private static func real(_ file: String) -> String {
    guard let path = unsafe realpath(file, nil) else { return file }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  private static func beginning(of file: String) -> [UInt8] {
    let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var room = [UInt8](repeating: 0, count: 4096)
    let count = unsafe room.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    return Array(room.prefix(max(0, count)))
  }

  // MARK: Surroundings

  /// How often this program may have been started by the engine that it has started.
  static let depthLimit = 4
  private static let depthVariable = "KEYREEVE_ENGINE_DEPTH"

  /// Makes the environment of this process the engine's: content trust is not asked a second time, or by another rule.
  ///
  /// To be called once, before the process has threads.
  ///
  /// - Throws: `EngineError` where the engine goes on starting this program.
  public static func prepareEnvironment() throws(EngineError) {
    let depth = unsafe getenv(depthVariable).flatMap { unsafe Int(String(cString: $0)) } ?? 0
    guard (0..<depthLimit).contains(depth) else {
      throw EngineError(
        .usage,
        "the engine starts keyreeve again and again: name the real one by --engine FILE or KEYREEVE_ENGINE, not a script that calls keyreeve docker"
      )
    }
    unsafe setenv(depthVariable, String(depth + 1), 1)
    unsafe unsetenv("DOCKER_CONTENT_TRUST")
  }

  /// Makes a folder of docker's settings the one of this process and of the engine.
  ///
  /// To be called once, before the process has threads.
  public static func useConfiguration(_ folder: String) {
    guard !folder.hasPrefix("/"), let own = unsafe getcwd(nil, 0) else {
      unsafe setenv("DOCKER_CONFIG", folder, 1)
      return
    }
    defer { unsafe free(own) }
    let isPlain = folder.isEmpty || folder == "."
    unsafe setenv("DOCKER_CONFIG", String(cString: own) + (isPlain ? "" : "/" + folder), 1)
  }

  /// The engine with these words.
  public func program(_ words: [String]) -> ChildProgram {
    var program = ChildProgram(path, words)
    program.environment = environment
    (program.input, program.output, program.errors) = (.inherited, .inherited, .inherited)
    return program
  }
}
