import Crypto
import SignedMetadata
import StrictJSON
import TestSupport
import TrustModel

/// A repository whose root needs two of two signatures and whose targets need two of three, by keys of every kind.
struct UploadedRepository {
  static let name = "example.com/team/app"
  var made: MadeRepository

  /// One that is signed here altogether.
  init() throws {
    made = try MadeRepository(.notary, targets: 1)
    let authority = try RootAuthority("authority")
    made.roles[.root]?.keys = try (0..<2).map { _ in
      let leaf = try authority.leaf(for: Self.name)
      return try MadeKey(
        pem: String(decoding: leaf.key, as: UTF8.self), certificates: String(decoding: leaf.certificate, as: UTF8.self))
    }
    made.roles[.root]?.threshold = 2
    made.roles[.targets]?.keys = [try MadeKey(.p384), try MadeKey(.rsa), try MadeKey(.ed25519)]
    made.roles[.targets]?.threshold = 2
    for role in [RoleName.root, .targets, .snapshot] { made.forge[role] = { $0 = Self.written($0) { $0.prefix(2) } } }
    try publish()
  }

  /// One whose timestamp, and whose snapshot where asked for, is signed by a server.
  init(on peer: NotaryPeer, serverSigns roles: [String]) throws {
    try self.init()
    let keys = try roles.map { role in
      let key = try JSON.parse(Array(try peer.key(of: role, in: Self.name).utf8))
      return (JSONString(role), JSONString(hex(Array(SHA256.hash(data: key.canonicalForm)))), key)
    }
    made.spoil[.root] = { body in
      for (role, id, key) in keys {
        body.set(["keys", id], key)
        body.set(["roles", role], ["keyids": [.string(id)], "threshold": 1])
      }
    }
    try publish()
  }

  private mutating func publish() throws {
    try made.publishRoot(signedBy: made.roles[.root]?.keys)
    try made.publish()
  }

  /// Publishes the next version of targets, and of the root where that is the role; the last keys of the role sign, so many.
  mutating func sign(_ role: RoleName, with count: Int) throws {
    made.forge[role] = { $0 = Self.written($0) { $0.suffix(count) } }
    if role == .root { try made.rotate { _ in } }
    made.roles[.targets]?.version += 1
    try made.release()
  }

  /// A document as notary writes it, with some of its signatures.
  ///
  /// The server stores what it has read in its own words, and snapshots list the digests of that.
  private static func written(_ document: JSON, by some: ([JSON]) -> ArraySlice<JSON>) -> JSON {
    let signed = document["signed"].flatMap { try? JSON.parse($0.canonicalForm) } ?? .null
    return ["signed": signed, "signatures": .array(Array(some(document["signatures"]?.array ?? [])))]
  }

  /// Documents as they are uploaded.
  func documents(_ roles: [RoleName]) -> [(role: String, octets: [UInt8])] {
    roles.map { ($0.text.text, made.documents[$0] ?? []) }
  }

  /// Has a site answer as a server that does not look at what it was given.
  func serve(on site: TestSite) throws {
    let base = "/v2/\(Self.name)/_trust/tuf/"
    try site.answer("*", .status(404))
    try site.answer("/v2/", .text("{}", type: "application/json"))
    for (version, octets) in made.roots { try site.answer("\(base)\(version).root.json", SiteAnswer(.octets(octets))) }
    for (role, octets) in made.documents {
      let digest = hex(Array(SHA256.hash(data: octets)))
      for file in ["\(role).json", "\(role).\(digest).json"] {
        try site.answer(base + file, SiteAnswer(.octets(octets)))
      }
    }
  }
}
