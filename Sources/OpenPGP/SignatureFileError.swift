/// Why a file is not one of detached signatures.
///
/// The description is short and lower case, to stand after "…: ".
public enum SignatureFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No octets at all.
  case empty
  /// More octets than the limit, in octets.
  case tooLarge(limit: Int)
  /// Neither packets nor an armored block.
  case notOpenPGP
  /// The armored block is broken, of another type, or not alone in the file: how.
  case armor(String)
  /// OpenPGP, but something else than detached signatures alone: what.
  case notDetached(String)
  /// A signature of that version; only version 4 is read.
  case unsupportedVersion(Int)
  /// The packets break the format: how.
  case malformed(String)
  /// More signatures than the limit.
  case tooMany(limit: Int)

  /// The reason in a few words.
  public var description: String {
    switch self {
    case .empty: "the file is empty"
    case .tooLarge(let limit): "larger than \(limit) octets"
    case .notOpenPGP: "not an OpenPGP file"
    case .armor(let what): "broken armor: \(what)"
    case .notDetached(let what): "not a detached signature but \(what)"
    case .unsupportedVersion(let version): "a version \(version) signature (only version 4 is supported)"
    case .malformed(let what): "malformed: \(what)"
    case .tooMany(let limit): "more than \(limit) signatures"
    }
  }
}
