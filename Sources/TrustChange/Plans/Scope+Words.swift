public import TrustModel

extension Scope {
  /// The scope in a sentence.
  public var words: String {
    switch self {
    case .root: "every image name"
    case .prefix(let prefix): prefix.description
    }
  }

  /// The option that names the scope on a command line.
  public var option: String {
    switch self {
    case .root: "--root"
    case .prefix(let prefix): "--prefix \(prefix)"
    }
  }
}
