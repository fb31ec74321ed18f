internal import Glibc

/// A program of the machine, with all that it is started with.
///
/// It inherits no descriptor but those that are named, and signals as they are by default. Nothing goes through a shell.
public struct ChildProgram: Sendable {
  /// What one of its three streams is connected to.
  public enum Stream: Sendable {
    /// The same as this program's own.
    case inherited
    /// Nothing: what is written is lost, what is read is at its end.
    case none
    /// A descriptor of this program's.
    case descriptor(CInt)
  }

  /// The program's file.
  public var path: String
  /// Its arguments, without its name.
  public var arguments: [String]
  /// Its whole environment; nil for this program's own.
  public var environment: [String: String]?
  /// Where it begins; nil for the current directory.
  public var directory: String?
  /// Its standard input.
  public var input = Stream.none
  /// Its standard output.
  public var output = Stream.inherited
  /// Its standard error.
  public var errors = Stream.inherited
  /// More descriptors: the number that it has there, and which of this program's it is.
  public var descriptors: [CInt: CInt] = [:]
  /// Whether it leads a process group of its own, which ends with it.
  public var hasOwnGroup = false

  /// A program by its file.
  public init(_ path: String, _ arguments: [String] = []) {
    (self.path, self.arguments) = (path, arguments)
  }

  /// The file of a program by the name that it has in `PATH`; a name with a slash is a file already.
  ///
  /// - Returns: nil where no directory of the path holds a file of that name that may be run.
  public static func find(_ name: String, in path: String) -> String? {
    if name.utf8.contains(UInt8(ascii: "/")) { return unsafe access(name, X_OK) == 0 ? name : nil }
    // An empty part would be the current directory, where anybody may have put a file.
    for directory in path.split(separator: ":") where directory.utf8.first == UInt8(ascii: "/") {
      let file = directory + "/" + name
      var status = stat()
      guard unsafe stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      if unsafe access(file, X_OK) == 0 { return file }
    }
    return nil
  }

  /// Starts it.
  public func start() throws(ChildProgramError) -> RunningProgram {
    RunningProgram(try Spawning(self).start(), of: self)
  }
}
