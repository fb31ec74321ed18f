import Crypto
import SignedMetadata
import StrictJSON
import TrustModel

/// A repository in memory: change what it holds, publish, and let an update ask it.
struct MadeRepository {
  /// One role: who signs it, what it says.
  struct Role {
    var keys: [MadeKey]
    var threshold: Int64 = 1
    var version: Int64 = 1
    var expires = "2030-01-01T00:00:00Z"
    var targets: [(name: JSONString, octets: [UInt8])] = []
    var delegations: [Delegated] = []
  }

  /// A delegation and the role that it leads to.
  struct Delegated {
    let name: JSONString
    var paths: [JSONString] = ["*"]
    var isTerminating = false
  }

  static let now = Timestamp(rfc3339: "2026-11-21T12:00:00Z") ?? Timestamp(seconds: 0)

  let dialect: Dialect
  var roles: [RoleName: Role] = [:]
  /// Changes what is signed before it is signed.
  var spoil: [RoleName: (inout JSON) -> Void] = [:]
  /// Changes the signed document.
  var forge: [RoleName: (inout JSON) -> Void] = [:]
  /// What is served in place of the true octets, after everything was listed.
  var serve: [RoleName: [UInt8]] = [:]
  /// Roles that the server does not have.
  var gone: Set<RoleName> = []
  /// Whether snapshot and timestamp also give digests in TUF.
  var listsHashes = false
  private(set) var roots: [Int64: [UInt8]] = [:]
  private(set) var documents: [RoleName: [UInt8]] = [:]
  private var trustedRootKeys: [MadeKey] = []

  init(_ dialect: Dialect, targets: Int = 0) throws {
    self.dialect = dialect
    for role in [RoleName.root, .timestamp, .snapshot, .targets] { roles[role] = Role(keys: [try MadeKey()]) }
    for number in 0..<targets { roles[.targets]?.targets.append((JSONString("file\(number)"), [UInt8(number & 255)])) }
    try publishRoot()
    try publish()
  }

  /// Publishes the root as it is now, signed by its keys and those of the one before.
  mutating func publishRoot(signedBy signers: [MadeKey]? = nil) throws {
    guard let root = roles[.root] else { return }
    let octets = try sign(.root, rootBody(root), by: signers ?? union(trustedRootKeys, root.keys))
    roots[root.version] = octets
    documents[.root] = octets
    trustedRootKeys = root.keys
  }

  private func union(_ first: [MadeKey], _ second: [MadeKey]) -> [MadeKey] {
    let ids = Set(first.map { $0.id(dialect) })
    return first + second.filter { !ids.contains($0.id(dialect)) }
  }

  /// Publishes the next root.
  mutating func rotate(_ change: (inout [RoleName: Role]) throws -> Void) throws {
    try change(&roles)
    roles[.root]?.version += 1
    try publishRoot()
  }

  /// Publishes everything below the root, snapshot and timestamp last.
  mutating func publish() throws {
    for (name, role) in roles where name == .targets || !name.isTopLevel {
      documents[name] = try sign(name, targetsBody(name, role), by: role.keys)
    }
    let listed = roles.keys.filter { $0 == .targets || !$0.isTopLevel } + (dialect == .notary ? [.root] : [])
    try signListing(.snapshot, listed.sorted())
    try signListing(.timestamp, [.snapshot])
  }

  /// Publishes everything under the next versions of snapshot and timestamp, as a server does.
  mutating func release() throws {
    for role in [RoleName.snapshot, .timestamp] { roles[role]?.version += 1 }
    try publish()
  }

  private mutating func signListing(_ name: RoleName, _ listed: [RoleName]) throws {
    guard let role = roles[name] else { return }
    let members = listed.map { JSON.Member(JSONString($0.text.text + (dialect == .tuf ? ".json" : "")), entry($0)) }
    let body = head(name, role) + [JSON.Member("meta", .object(members))]
    documents[name] = try sign(name, .object(body), by: role.keys)
  }

  private func entry(_ name: RoleName) -> JSON {
    let octets = documents[name] ?? []
    let digests: JSON = [
      "sha256": digest(Array(SHA256.hash(data: octets))), "sha512": digest(Array(SHA512.hash(data: octets))),
    ]
    if dialect == .notary { return ["hashes": digests, "length": JSON(octets.count)] }
    guard listsHashes else { return ["version": JSON(roles[name]?.version)] }
    return ["hashes": digests, "length": JSON(octets.count), "version": JSON(roles[name]?.version)]
  }

  private func digest(_ octets: [UInt8]) -> JSON {
    dialect == .tuf ? JSON(hex(octets)) : JSON(String(decoding: Base64.encode(octets), as: UTF8.self))
  }

  private func head(_ name: RoleName, _ role: Role) -> [JSON.Member] {
    let kind = [RoleName.root, .timestamp, .snapshot].contains(name) ? name.text.text : "targets"
    let type = dialect == .tuf ? kind : kind.prefix(1).uppercased() + kind.dropFirst()
    return [JSON.Member("_type", JSON(type)), JSON.Member("expires", JSON(role.expires))]
      + (dialect == .tuf ? [JSON.Member("spec_version", "1.0.31")] : [])
      + [JSON.Member("version", JSON(role.version))]
  }

  private func rootBody(_ root: Role) -> JSON {
    let top: [RoleName] = [.root, .timestamp, .snapshot, .targets]
    let keys = top.flatMap { roles[$0]?.keys ?? [] }
    let entries = top.map { JSON.Member($0.text, holders(roles[$0] ?? root)) }
    return .object(
      head(.root, root) + [
        JSON.Member("consistent_snapshot", .bool(dialect == .tuf)), JSON.Member("keys", keyObjects(keys)),
        JSON.Member("roles", .object(entries)),
      ])
  }

  private func keyObjects(_ keys: [MadeKey]) -> JSON {
    var seen: Set<String> = []
    let members = keys.filter { seen.insert($0.id(dialect)).inserted }
      .map { JSON.Member(JSONString($0.id(dialect)), $0.object(dialect)) }
    return .object(members)
  }

  private func holders(_ role: Role) -> JSON {
    ["keyids": JSON(role.keys.map { $0.id(dialect) }), "threshold": JSON(role.threshold)]
  }

  private func targetsBody(_ name: RoleName, _ role: Role) -> JSON {
    let targets = role.targets.map { target in
      JSON.Member(
        target.name,
        ["hashes": ["sha256": digest(Array(SHA256.hash(data: target.octets)))], "length": JSON(target.octets.count)])
    }
    let delegated = role.delegations.map { delegation -> JSON in
      let holder = roles[RoleName(delegation.name)] ?? Role(keys: [])
      var members: [JSON.Member] = [
        .init("name", .string(delegation.name)), .init("keyids", JSON(holder.keys.map { $0.id(dialect) })),
        .init("threshold", JSON(holder.threshold)), .init("paths", .array(delegation.paths.map { .string($0) })),
      ]
      if dialect == .tuf { members.append(.init("terminating", .bool(delegation.isTerminating))) }
      return .object(members)
    }
    let keys = role.delegations.flatMap { roles[RoleName($0.name)]?.keys ?? [] }
    return .object(
      head(name, role) + [
        JSON.Member("targets", .object(targets)),
        JSON.Member("delegations", ["keys": keyObjects(keys), "roles": .array(delegated)]),
      ])
  }

  private func sign(_ name: RoleName, _ body: JSON, by keys: [MadeKey]) throws -> [UInt8] {
    var body = body
    spoil[name]?(&body)
    let message = body.canonicalForm
    var document: JSON = [
      "signatures": .array(try keys.map { try $0.signature(of: message, dialect) }), "signed": body,
    ]
    forge[name]?(&document)
    return document.encoded()
  }

  /// Loses a root on the server.
  mutating func lose(root version: Int64) { roots[version] = nil }

  /// What the server answers.
  func answer(_ request: MetadataRequest) -> MetadataUpdate.Answer {
    guard !gone.contains(request.role) else { return .absent }
    if request.role == .root {
      guard let version = Int64(request.address.prefix { $0 != "." }) else {
        return documents[.root].map { .octets($0) } ?? .absent
      }
      return (serve[.root].flatMap { version > 1 ? $0 : nil } ?? roots[version]).map { .octets($0) } ?? .absent
    }
    return (serve[request.role] ?? documents[request.role]).map { .octets($0) } ?? .absent
  }
}

extension JSON {
  /// Puts a value in the place of a member, or adds it; nil takes it away.
  mutating func set(_ path: [JSONString], _ value: JSON?) {
    guard let name = path.first, case .object(var members) = self else { return }
    let index = members.firstIndex { $0.name == name }
    if path.count > 1 {
      guard let index else { return }
      members[index].value.set(Array(path.dropFirst()), value)
    } else if let value {
      if let index { members[index].value = value } else { members.append(Member(name, value)) }
    } else if let index {
      members.remove(at: index)
    }
    self = .object(members)
  }
}
