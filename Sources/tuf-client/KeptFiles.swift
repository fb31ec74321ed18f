import DurableFiles
import SignedMetadata
import StrictJSON

/// The folder of trusted metadata: a document a role under its own name, and the versions seen.
struct KeptFiles {
  private let directory: String

  init(_ directory: String) {
    self.directory = directory
  }

  /// Octets of any one file.
  private static let limit = 64 << 20

  /// The contents of a file that the caller named.
  static func contents(_ file: String) throws -> [UInt8] {
    let slash = file.lastIndex(of: "/")
    let folder = slash.map { String(file[..<$0]) } ?? "."
    let name = slash.map { String(file[file.index(after: $0)...]) } ?? file
    guard let octets = try WritableDirectory.open(named: folder).contents(of: name, limit: limit) else {
      throw NoFile(name: file)
    }
    return octets
  }

  private struct NoFile: Error {
    let name: String
  }

  /// What was kept.
  var kept: KeptMetadata {
    let directory = directory
    return KeptMetadata(floors: floors) { role in
      try? WritableDirectory.open(named: directory).contents(of: Self.name(of: role), limit: Self.limit)
    }
  }

  private var floors: VersionFloors {
    guard let octets = try? WritableDirectory.open(named: directory).contents(of: "floors", limit: Self.limit),
      let members = (try? JSON.parse(octets))?.members
    else { return VersionFloors() }
    var floors: [RoleName: VersionFloors.Floor] = [:]
    for member in members {
      guard let version = member.value["version"]?.integer, let keys = member.value["keys"]?.string else { continue }
      floors[RoleName(member.name)] = VersionFloors.Floor(version: version, keys: keys.text)
    }
    return VersionFloors(floors)
  }

  /// Stores documents in their order, each whole or not at all, then the versions seen.
  func write(_ documents: [(role: RoleName, octets: [UInt8])], _ floors: VersionFloors) throws {
    let folder = try WritableDirectory.make(directory)
    for (role, octets) in documents { try replace(Self.name(of: role), octets, in: folder) }
    let members = floors.floors.sorted { $0.key < $1.key }.map { role, floor in
      JSON.Member(role.text, ["version": .number(floor.version), "keys": JSON(floor.keys)])
    }
    try replace("floors", JSON.object(members).encoded(), in: folder)
  }

  private func replace(_ name: String, _ octets: [UInt8], in folder: borrowing WritableDirectory) throws {
    let made = "\(name).new"
    try folder.removeLeftovers(prefix: made)
    try folder.create(made, octets, mode: 0o644)
    try folder.move(made, to: folder, as: name)
  }

  private static func name(of role: RoleName) -> String { role.percentEncoded + ".json" }
}
