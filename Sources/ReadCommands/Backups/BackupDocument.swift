internal import Stores
public import StrictJSON
internal import TrustModel
public import TrustVerify

/// A backup as a `keyreeve.backup/1` document: what it says of itself, what is wrong with it, and how this machine
/// differs.
public struct BackupDocument {
  private let file: String
  private let archive: BackupArchive
  private let problems: [BackupProblem]
  private let differences: [BackupComparison.Row]
  private let keys: [DrilledKey]
  private let warnings: [String]

  /// The document of the backup in `file`.
  public init(
    _ file: String, _ archive: BackupArchive, problems: [BackupProblem] = [],
    differences: [BackupComparison.Row] = [], keys: [DrilledKey] = [], warnings: [String] = []
  ) {
    (self.file, self.archive, self.problems) = (file, archive, problems)
    (self.differences, self.keys, self.warnings) = (differences, keys, warnings)
  }

  /// The document.
  public var document: JSON {
    let manifest = archive.manifest
    return [
      "schema": JSON(BackupManifest.schema), "file": JSON(file), "program": JSON(manifest.program),
      "created": JSON("\(manifest.created)"), "host": JSON(manifest.host), "digest": JSON(manifest.digest),
      "stores": .array(
        manifest.stores.map { store in
          [
            "name": JSON(store.rawValue), "directory": JSON(manifest.directories[store]),
            "files": JSON(manifest.files(of: store).count),
            "octets": JSON(manifest.files(of: store).reduce(0) { $0 + $1.size }),
          ]
        }),
      "files": .array(
        manifest.files.map { file in
          [
            "store": JSON(file.store.rawValue), "path": JSON(file.path.description), "size": JSON(file.size),
            "digest": JSON(file.digest),
          ]
        }),
      "problems": .array(problems.map(Self.document)),
      "differences": .array(differences.map(Self.document)),
      "keys": .array(keys.map(\.document)), "warnings": JSON(warnings),
    ]
  }

  private static func document(_ problem: BackupProblem) -> JSON {
    [
      "store": JSON(problem.store.rawValue), "path": JSON(problem.path.description), "problem": JSON(problem.problem),
    ]
  }

  private static func document(_ row: BackupComparison.Row) -> JSON {
    ["file": JSON(row.place.file), "difference": JSON(row.difference.rawValue)]
  }

  /// What the backup holds, as lines of text.
  public var lines: [String] {
    let manifest = archive.manifest
    let stores = manifest.stores.map { store -> String in
      let name = store.rawValue + String(repeating: " ", count: max(0, 14 - store.rawValue.utf8.count))
      return "  \(name) \(contents(of: store)), from \(manifest.directories[store] ?? "")"
    }
    let made = "made \(manifest.created) on \(VisibleText(manifest.host)), \(manifest.digest)"
    return ["\(VisibleText(file)): \(made)"] + stores
  }

  private func contents(of store: Store) -> String {
    let files = archive.manifest.files(of: store)
    let count = files.count == 1 ? "1 file" : "\(files.count) files"
    switch store {
    case .trustedKeys:
      let masks = files.count { $0.size == 0 }
      return "\(count): \(files.count - masks) of keys, \(masks) empty (masks)"
    case .contentTrust, .notaryTrust:
      let places = files.compactMap { file in
        archive.manifest.directories[store].flatMap { StorePlace(store, in: $0, file.path) }
      }
      return "\(count): \(places.count(where: \.isPrivateKey)) private keys,"
        + " \(places.count(where: \.isMetadata)) of metadata"
    case .configuration: return count
    }
  }
}
