/// What is said of a compose file beside it, and how the files beside it are read.
public struct ComposeSettings {
  /// What came of reading a file.
  public enum Answer {
    /// Its octets.
    case octets([UInt8])
    /// There is none.
    case absent
    /// It is not followed, or cannot be read; why.
    case refused(String)
  }

  /// The value of a variable of the environment.
  public var environment: (String) -> String? = { _ in nil }
  /// What is said of every build: arguments and the platform.
  public var build = BuildSettings()
  /// Reads a file by its path, relative to the folder of the compose file.
  public let read: (String) -> Answer

  /// Settings with a way to the files beside it.
  public init(read: @escaping (String) -> Answer) { self.read = read }
}
