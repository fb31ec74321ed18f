public import SignedMetadata
public import Stores

/// A file that holds, or should hold, a private signing key.
public struct SigningKeyRecord: Sendable {
  /// Whether the identifier in its name is that of its key.
  public enum Confirmation: String, Sendable {
    /// It is.
    case confirmed
    /// The key is encrypted or cannot be read, or the name has none: there is nothing to compare.
    case unconfirmed
    /// It is not.
    case contradicted
  }

  /// The file, absolute, without the sysroot.
  public let file: String
  /// What its place says.
  public let name: SigningKeyName
  /// What the file system says.
  public let status: FileStatus
  /// What it holds; nil where that cannot be read.
  public let contents: SigningKeyFile?
  /// Why it cannot be read.
  public let problem: String?
  /// The roles that it signs for, by the metadata that is kept beside it.
  public internal(set) var uses: [KeyUse] = []

  /// The identifier: of the key where it is known, else by the name.
  public var id: KeyID? { contents?.id ?? name.id }

  /// Whether name and contents agree.
  public var confirmation: Confirmation {
    guard let id = contents?.id, let stated = name.id else { return .unconfirmed }
    return id == stated ? .confirmed : .contradicted
  }

  /// The role that it was made for, as its header says it, or else its name.
  public var role: String? { contents?.role ?? name.role }
  /// The repository that it was made for, as its header says it, or else its folder.
  public var repository: String? { contents?.repository ?? name.repository }
  /// The algorithm in words: by the key, or else by the metadata that lists it.
  public var algorithm: String? { contents?.publicKey?.algorithm ?? uses.first?.key.material.algorithm }
}
