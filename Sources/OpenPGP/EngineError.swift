internal import Glibc
public import TrustModel

/// Why nothing could be told: the engine failed, or it and the packet reader did not see the same.
///
/// Never a yes.
public enum EngineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no gpg where it is looked for.
  case missing
  /// No private directory could be made: why.
  case noHome(String)
  /// The engine did not start, died or answered out of form: what was seen.
  case failed(String)
  /// The engine saw so many keys and the packet reader so many.
  case countsDiffer(engine: Int, reader: Int)
  /// The engine listed a key, or a subkey, that the packet reader did not.
  case strangeKey(String)
  /// Two certificates with that fingerprint and different contents were to be judged as one.
  case conflicting(Fingerprint)
  /// The moment is outside of what OpenPGP can express (1970 to 2106).
  case unusableTime(Timestamp)

  /// What happened, in a few words.
  public var description: String {
    switch self {
    case .missing: "gpg is not installed"
    case .noHome(let reason): "no private directory for gpg: \(reason)"
    case .failed(let what): "gpg failed: \(what)"
    case .countsDiffer(let engine, let reader): "gpg sees \(engine) keys where \(reader) were read"
    case .strangeKey(let key): "gpg lists the key \(key), which was not read"
    case .conflicting(let key): "two different certificates for the key \(key)"
    case .unusableTime(let time): "the time \(time) is outside of what OpenPGP can express"
    }
  }

  /// The text of `errno`.
  static func systemText() -> String {
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown error"
  }
}
