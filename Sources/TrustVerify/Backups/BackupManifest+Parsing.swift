internal import Stores
internal import StrictJSON
internal import TrustModel

extension BackupManifest {
  /// Reads `manifest.json`, which must be octet by octet what this program writes for what it says.
  ///
  /// - Throws: `BackupError`: `.newer` for a later form, `.path` for files that no store has, `.damaged` for the rest.
  init(_ octets: [UInt8], limits: BackupLimits) throws(BackupError) {
    let json: JSON
    do throws(JSONError) {
      json = try JSON.parse(octets, limits: JSONLimits(octets: limits.manifestOctets))
    } catch {
      throw .damaged("its manifest: \(error)")
    }
    try Self.checkSchema(json["schema"]?.string?.text)
    guard let program = json["program"]?.string?.text, let host = json["host"]?.string?.text,
      program.utf8.count <= limits.nameOctets, host.utf8.count <= limits.nameOctets,
      let created = json["created"]?.string.flatMap({ Timestamp(rfc3339: $0.text) }),
      let stores = json["stores"]?.array, let rows = json["files"]?.array
    else { throw .damaged("its manifest lacks what every backup has") }
    guard rows.count <= limits.files else {
      throw .limit("the backup holds \(rows.count) files; \(limits.files) are allowed")
    }
    directories = try Self.directories(stores)
    var order = BackupOrder(limits: limits)
    var files: [File] = []
    files.reserveCapacity(rows.count)
    for row in rows {
      let file = try Self.file(row, in: directories)
      try order.take(file)
      files.append(file)
    }
    (self.program, self.created, self.host, self.files) = (program, created, host, files)
    guard json["digest"]?.string?.text == digest else {
      throw .damaged("its manifest has another digest than the one it names")
    }
    // What a reader would pass over (a member that is not known, another spelling) is no part of this form.
    guard encoded == octets else { throw .damaged("its manifest is not written as this program writes it") }
  }

  private static func checkSchema(_ schema: String?) throws(BackupError) {
    guard let schema, !schemas.contains(schema) else {
      if schema == nil { throw .notABackup("its manifest names no schema") }
      return
    }
    let family = "keyreeve.backup/"
    guard schema.hasPrefix(family), let version = Int(schema.dropFirst(family.count)),
      version > schemas.count
    else {
      throw .notABackup("its schema is '\(VisibleText(schema, limit: 80))'")
    }
    throw .newer("\(family)\(version)")
  }

  private static func directories(_ rows: [JSON]) throws(BackupError) -> [Store: String] {
    var directories: [Store: String] = [:]
    let known = Store.allCases
    guard rows.count == known.count || rows.count == known.count - 1 else {
      throw .damaged("its manifest does not list the stores")
    }
    for (row, store) in zip(rows, known) {
      guard row["name"]?.string?.text == store.rawValue, let directory = row["directory"]?.string?.text else {
        throw .damaged("its manifest does not list the stores")
      }
      guard StorePlace.isDirectory(directory, of: store) else {
        throw .path("'\(VisibleText(directory, limit: 200))' is no directory of \(store.rawValue)")
      }
      directories[store] = directory
    }
    return directories
  }

  private static func file(_ row: JSON, in directories: [Store: String]) throws(BackupError) -> File {
    guard let name = row["store"]?.string?.text, let text = row["path"]?.string?.text,
      let mode = row["mode"]?.string.flatMap({ UInt32($0.text, radix: 8) }), mode <= 0o777,
      let size = row["size"]?.integer.flatMap({ Int(exactly: $0) }), size >= 0,
      let digest = row["digest"]?.string?.text
    else { throw .damaged("its manifest describes a file that is none") }
    let shown = VisibleText(text, limit: 200)
    guard let store = Store(rawValue: name), let directory = directories[store] else {
      throw .path("the store '\(VisibleText(name, limit: 80))' of '\(shown)' is not known")
    }
    guard let path = StorePath(text), StorePlace(store, in: directory, path) != nil else {
      throw .path("'\(shown)' is no place of \(name)")
    }
    return File(store: store, path: path, mode: mode, size: size, digest: digest)
  }
}
