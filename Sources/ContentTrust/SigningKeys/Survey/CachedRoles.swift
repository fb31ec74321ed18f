internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel

/// The roles of a repository, and their keys, by the metadata that docker or notary keeps of it.
///
/// Neither signatures nor expiry are looked at: it says whose keys are meant, not whom to trust.
struct CachedRoles {
  /// The most roles that are followed.
  static let limit = 256

  private(set) var uses: [KeyUse] = []
  /// Documents that cannot be read, with the reason.
  private(set) var problems: [(file: String, problem: String)] = []

  init(_ repository: Repository, in folder: TrustFolder) {
    if let octets = document(.root, repository, folder) {
      add(repository, .root, folder) { () throws(MetadataError) in try ListedRoles(root: octets) }
    }
    var waiting: [RoleName] = [.targets]
    var seen: Set<RoleName> = [.targets]
    while let role = waiting.popLast(), seen.count <= Self.limit {
      guard let octets = document(role, repository, folder) else { continue }
      let listed = add(repository, role, folder) { () throws(MetadataError) in
        try ListedRoles(targets: octets, of: role)
      }
      for child in listed where seen.insert(child).inserted { waiting.append(child) }
    }
  }

  private static func parts(_ role: RoleName) -> [String] {
    (role.text.text + ".json").split(separator: "/").map(String.init)
  }

  private mutating func document(_ role: RoleName, _ repository: Repository, _ folder: TrustFolder) -> [UInt8]? {
    do throws(StoreError) {
      return try folder.document(Self.parts(role), of: repository)
    } catch {
      problems.append((error.path, error.problem))
      return nil
    }
  }

  /// Adds the roles of a document; returns their names.
  @discardableResult
  private mutating func add(
    _ repository: Repository, _ role: RoleName, _ folder: TrustFolder,
    _ read: () throws(MetadataError) -> ListedRoles
  ) -> [RoleName] {
    do throws(MetadataError) {
      let listed = try read()
      for (name, keys) in listed.roles {
        uses += keys.keys.map { KeyUse(repository: repository, role: name, key: $0) }
      }
      return listed.roles.map(\.name)
    } catch {
      let file = folder.metadata(of: repository) + "/" + Self.parts(role).joined(separator: "/")
      problems.append((file, "\(error)"))
      return []
    }
  }
}
