internal import Glibc

/// What the process was given by its surroundings.
public enum Environment {
  /// The value of an environment variable, or nil.
  public static subscript(name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The number of the user that the process acts as.
  public static var userID: UInt32 { geteuid() }

  /// The name of the user with that number, where the system knows one.
  public static func userName(_ number: UInt32) -> String? {
    getpwuid(number).flatMap { $0.pointee.pw_name }.map { String(cString: $0) }
  }

  /// The name of this machine, or nothing where the system tells none.
  public static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether a path leads to a directory.
  public static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a path leads to a file.
  public static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether standard input and standard error are a terminal, or somebody answers in its place: only then is there somebody to ask.
  public static var canAsk: Bool {
    Respondent.isThere || CollectedOutput.current == nil && isatty(0) == 1 && isatty(2) == 1
  }

  /// Whether the person has asked for plain lines: nothing that moves the cursor, no colours.
  ///
  /// `ACCESSIBLE` says so in other programs, too.
  public static var isAccessible: Bool { self["ACCESSIBLE"].map { !$0.isEmpty } ?? false }

  /// Makes this so for the rest of the process; to be called before it has threads.
  public static func beAccessible() { setenv("ACCESSIBLE", "1", 1) }

  /// Whether text on standard output may be coloured.
  static var allowsColour: Bool {
    let noColor = self["NO_COLOR"].map { !$0.isEmpty } ?? false
    return CollectedOutput.current == nil && isatty(1) == 1 && !noColor && !isAccessible && self["TERM"] != "dumb"
      && self["TERM"] != nil
  }
}
