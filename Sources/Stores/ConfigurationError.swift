internal import TrustModel

/// Why configuration was not taken: nothing is done by half of it.
public enum ConfigurationError: Error, Hashable, CustomStringConvertible {
  /// A line that is not understood: file, line, what is wrong.
  case line(String, Int, String)
  /// A file that holds a secret (its key) can be read or written by others.
  case exposed(String, ConfigurationKey)
  /// A file that everybody can write.
  case writable(String)
  /// A directory with more files than the limit.
  case tooMany(String, limit: Int)
  /// A file or directory that cannot be read.
  case store(StoreError)

  /// One sentence.
  public var description: String {
    switch self {
    case .line(let file, let line, let problem): "\(VisibleText(file)):\(line): \(VisibleText(problem))"
    case .exposed(let file, let key):
      "\(VisibleText(file)) holds a secret (\(key.rawValue)) and can be read by others: chmod 600 \(VisibleText(file))"
    case .writable(let file): "\(VisibleText(file)) can be written by everybody: chmod o-w \(VisibleText(file))"
    case .tooMany(let directory, let limit): "\(VisibleText(directory)) holds more than \(limit) configuration files"
    case .store(let error): "configuration: \(error)"
    }
  }
}
