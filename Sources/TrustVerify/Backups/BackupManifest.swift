internal import Crypto
public import Stores
internal import StrictJSON
public import TrustModel

/// What a backup says of itself: who made it, when and where, and every file with its digest.
///
/// The document `manifest.json`, first in the archive. Its own last member is the digest over all that stands before
/// it, so that no file can be altered, added, taken out, moved or doubled unnoticed. That shows accidents and careless
/// edits; whoever can write the file can also make another one, since the backup is not signed.
public struct BackupManifest: Sendable, Equatable {
  /// The form of a backup without notary's own folder, which every version reads.
  public static let schema = "keyreeve.backup/1"
  /// The form of one with that folder as a fourth store.
  public static let schemaWithNotary = "keyreeve.backup/2"
  /// The forms, which this program writes and reads.
  public static let schemas = [schema, schemaWithNotary]

  /// One file of a backup.
  public struct File: Sendable, Equatable {
    /// The store that it belongs to.
    public let store: Store
    /// The path below the store's directory.
    public let path: StorePath
    /// Permission bits that it had.
    public let mode: UInt32
    /// Octets.
    public let size: Int
    /// `sha256-` and 64 digits.
    public let digest: String

    /// Whether nobody but its owner could read it.
    public var isPrivate: Bool { mode & 0o077 == 0 }

    /// Its path in the archive.
    var entryPath: String { store.rawValue + "/" + path.description }
  }

  /// The program, with its version.
  public let program: String
  /// When it was made.
  public let created: Timestamp
  /// The name of the machine that made it.
  public let host: String
  /// Where the stores lay, absolute, without the sysroot; one for each of `stores`.
  public let directories: [Store: String]
  /// The files, by store and by the octets of their paths.
  public let files: [File]

  /// The digest over everything else: `sha256-` and 64 digits.
  public var digest: String { Journal.digest(of: JSON.object(members).encoded(pretty: true)) }

  /// The stores that it has room for; notary's folder only where the machine had one.
  public var stores: [Store] { Store.allCases.filter { directories[$0] != nil } }

  /// The form that it is written in.
  private var form: String { directories[.notaryTrust] == nil ? Self.schema : Self.schemaWithNotary }

  /// The files of one store.
  public func files(of store: Store) -> [File] { files.filter { $0.store == store } }

  /// The document as it stands in the archive.
  public var encoded: [UInt8] {
    JSON.object(members + [.init("digest", JSON(digest))]).encoded(pretty: true) + [UInt8(ascii: "\n")]
  }

  private var members: [JSON.Member] {
    let stores = stores.map { store -> JSON in
      ["name": JSON(store.rawValue), "directory": JSON(directories[store])]
    }
    let files = files.map { file -> JSON in
      [
        "store": JSON(file.store.rawValue), "path": JSON(file.path.description), "mode": JSON(Self.octal(file.mode)),
        "size": JSON(file.size), "digest": JSON(file.digest),
      ]
    }
    return [
      .init("schema", JSON(form)), .init("program", JSON(program)), .init("created", JSON("\(created)")),
      .init("host", JSON(host)), .init("stores", .array(stores)), .init("files", .array(files)),
    ]
  }

  /// Four digits.
  static func octal(_ mode: UInt32) -> String {
    let digits = String(mode & 0o7777, radix: 8)
    return String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }
}
