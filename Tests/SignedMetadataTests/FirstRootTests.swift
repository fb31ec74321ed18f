import Glibc
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// What makes a pinned key or authority stand behind a root, with certificates that openssl made.
@Suite("Pinned roots")
struct FirstRootTests {
  private static let name = "example.com/team/app"
  /// Not before the certificates that were made last.
  private static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }

  private func key(_ authority: RootAuthority, _ chain: [RootAuthority] = [], days: Int = 300) throws -> MadeKey {
    let leaf = try authority.leaf(for: Self.name, days: days)
    let certificates = leaf.certificate + (try chain.flatMap { try $0.octets })
    return try MadeKey(
      pem: String(decoding: leaf.key, as: UTF8.self), certificates: String(decoding: certificates, as: UTF8.self))
  }

  /// A root with these root keys, signed by some of them.
  private func root(_ keys: [MadeKey], threshold: Int64 = 1, signers: [MadeKey]) throws -> FirstRoot {
    var repository = try MadeRepository(.notary)
    repository.roles[.root] = .init(keys: keys, threshold: threshold, version: 2)
    try repository.publishRoot(signedBy: signers)
    return try FirstRoot(
      try #require(repository.documents[.root]), of: try Repository(Self.name), at: Self.now)
  }

  @Test("A pinned key that is listed and has not signed is no ground: anybody can list it")
  func listedOnly() throws {
    let (owner, stranger) = (try key(try RootAuthority("owner")), try key(try RootAuthority("stranger")))
    let forged = try root([owner, stranger], signers: [stranger])
    let id = owner.id(.notary)
    #expect(forged.keys.map(\.id.description).contains(id))
    #expect(forged.signer(among: [id]) == nil)
    #expect(forged.signer(among: [stranger.id(.notary)]) != nil)
    #expect(try root([owner, stranger], signers: [owner]).signer(among: [id]) == id)
  }

  @Test("Of a threshold of two, both keys must be pinned")
  func threshold() throws {
    let authority = try RootAuthority("owner")
    let keys = [try key(authority), try key(authority)]
    let both = try root(keys, threshold: 2, signers: keys)
    #expect(both.signer(among: [keys[0].id(.notary)]) == nil)
    #expect(both.signer(among: Set(keys.map { $0.id(.notary) })) != nil)
  }

  @Test("A key is pinned by the identifier of its certificate, or by that of its file")
  func identifiers() throws {
    let owner = try key(try RootAuthority("owner"))
    let root = try root([owner], signers: [owner])
    for id in [root.keys[0].id, root.keys[0].canonicalID] {
      #expect(root.signer(among: [id.description]) == id.description)
    }
    #expect(root.signer(among: []) == nil)
  }

  private func authorities(_ authority: RootAuthority) throws -> [KeyCertificate] {
    try #require(KeyCertificate.authorities(try authority.octets))
  }

  @Test("An authority vouches directly, and over one that comes with the root")
  func chain() throws {
    let top = try RootAuthority("top")
    let middle = try RootAuthority("middle", below: top)
    let direct = try key(top)
    #expect(try root([direct], signers: [direct]).isVouchedFor(by: try authorities(top), at: Self.now))
    let far = try key(middle, [middle])
    let root = try root([far], signers: [far])
    #expect(root.isVouchedFor(by: try authorities(top), at: Self.now))
    #expect(root.isVouchedFor(by: try authorities(middle), at: Self.now))
    #expect(!root.isVouchedFor(by: try authorities(try RootAuthority("top")), at: Self.now))
    let broken = try key(middle)
    #expect(!(try self.root([broken], signers: [broken])).isVouchedFor(by: try authorities(top), at: Self.now))
  }

  @Test("An authority that has expired, or that is none, vouches for nothing")
  func unfit() throws {
    let short = try RootAuthority("short", days: 30)
    let owner = try key(short)
    let root = try root([owner], signers: [owner])
    let later = Self.now.advanced(by: 60 * 86_400)
    #expect(root.isVouchedFor(by: try authorities(short), at: Self.now))
    #expect(!root.isVouchedFor(by: try authorities(short), at: later))
    let none = try RootAuthority("none", isAuthority: false)
    let issued = try key(none)
    #expect(!(try self.root([issued], signers: [issued])).isVouchedFor(by: try authorities(none), at: Self.now))
  }

  @Test("What an authority vouches for and has not signed is no ground")
  func vouchedOnly() throws {
    let (good, bad) = (try RootAuthority("owner"), try RootAuthority("stranger"))
    let (owner, stranger) = (try key(good), try key(bad))
    #expect(!(try root([owner, stranger], signers: [stranger])).isVouchedFor(by: try authorities(good), at: Self.now))
  }
}
