public import SignedMetadata
public import Stores
internal import StrictJSON
public import TrustModel

/// The versions of a repository's roles that were seen here: Keyreeve's own file, which outlives the folders of docker and notary.
///
/// One file for each repository, `content-trust/NAME/+seen.json` in the state directory: no part of a name has a plus in it.
public enum SeenVersions {
  /// The folder in the state directory.
  public static let folder = "content-trust"
  /// The name of each file.
  public static let fileName = "+seen.json"
  /// Octets of a file.
  public static let octetLimit = 4 << 20
  /// Roles in a file.
  public static let roleLimit = 4_096
  private static let schema: JSONString = "keyreeve.seen/1"

  /// The file of a repository below the state directory.
  public static func path(of repository: Repository) -> String { "\(folder)/\(repository.name)/\(fileName)" }

  /// What was seen of a repository; nothing where there is no file.
  ///
  /// - Throws: `Damaged` where there is one that cannot be used: then nothing can be told.
  public static func read(_ repository: Repository, in state: StateDirectory) throws(Damaged) -> VersionFloors {
    let octets: [UInt8]
    do {
      octets = try state.contents(of: path(of: repository), limit: octetLimit)
    } catch .missing {
      return VersionFloors()
    } catch {
      throw Damaged(file: state.path + "/" + path(of: repository), problem: error.problem)
    }
    guard let floors = floors(octets, of: repository) else {
      throw Damaged(file: state.path + "/" + path(of: repository), problem: "is no keyreeve.seen/1 document of it")
    }
    return floors
  }

  /// A file that cannot be used.
  public struct Damaged: Error, CustomStringConvertible {
    /// The file.
    public let file: String
    /// What is wrong.
    public let problem: String
    /// What it is for and what goes on, as a clause.
    private let advice: String

    init(
      file: String, problem: String,
      advice: String = "it guards against older states: restore it, or move it away to begin anew"
    ) { (self.file, self.problem, self.advice) = (file, problem, advice) }

    /// One sentence.
    public var description: String { "\(VisibleText(file)): \(problem); \(advice)" }
  }

  private static func floors(_ octets: [UInt8], of repository: Repository) -> VersionFloors? {
    guard let document = try? JSON.parse(octets, limits: JSONLimits(octets: octetLimit)),
      document["schema"]?.string == schema,
      document["repository"]?.string == JSONString(repository.name), let roles = document["roles"]?.members,
      roles.count <= roleLimit
    else { return nil }
    var floors: [RoleName: VersionFloors.Floor] = [:]
    for role in roles {
      guard let version = role.value["version"]?.integer, version > 0, let keys = role.value["keys"]?.string else {
        return nil
      }
      floors[RoleName(role.name)] = VersionFloors.Floor(version: version, keys: keys.text)
    }
    guard let seen = document["seen"], seen != .null else { return VersionFloors(floors) }
    guard let moment = seen.string.flatMap({ Timestamp(rfc3339: $0.text) }) else { return nil }
    return VersionFloors(floors, seen: moment)
  }

  /// The file of a repository with these versions; beyond the limit of roles, those of delegations are left out from the last name on.
  public static func octets(_ floors: VersionFloors, of repository: Repository) -> [UInt8] {
    let names = floors.floors.keys.sorted { left, right in
      left.isTopLevel == right.isTopLevel ? left < right : left.isTopLevel
    }
    let members = names.prefix(roleLimit).compactMap { name in
      floors.floors[name].map { floor in
        JSON.Member(name.text, ["version": JSON(floor.version), "keys": JSON(floor.keys)])
      }
    }
    let document: JSON = [
      "schema": .string(schema), "repository": JSON(repository.name),
      "seen": JSON(floors.seen?.description), "roles": .object(members),
    ]
    return document.encoded(pretty: true) + [UInt8(ascii: "\n")]
  }
}
