import TestSupport
import Testing
import TrustModel

/// CONTRACT, rule 4: one good signature is enough, unknown ones beside it are reported, a bad one refuses.
@Suite("Several signatures over one image")
struct SeveralSignaturesTests {
  /// What one of the signatures is.
  enum Kind: String, Sendable, CaseIterable {
    case good, unknown, bad, expired, unsupported

    func signer() throws -> Signer {
      switch self {
      case .good, .unknown: try .fit()
      case .bad: try .fit().signing { $0.damage = .numbers }
      case .expired: try .expired()
      case .unsupported: try .fit().signing { $0.type = 0x01 }
      }
    }

    var status: SignatureReport.Status {
      switch self {
      case .good: .good
      case .unknown: .unknownKey
      case .bad: .bad
      case .expired: .keyExpired
      case .unsupported: .unsupported
      }
    }
  }

  static let orders: [[Kind]] =
    Kind.allCases.flatMap { first in Kind.allCases.map { [first, $0] } }
    + permutations([.good, .bad, .unknown]) + permutations([.good, .unknown, .expired])
    + permutations([.good, .unsupported, .unknown])

  static func expected(_ kinds: [Kind]) -> Reason {
    if kinds.contains(.bad) { return .tampered }
    if kinds.contains(.good) { return .accepted }
    if kinds.contains(.expired) { return .unfit }
    return kinds.contains(.unknown) ? .untrusted : .unsigned
  }

  @Test("A good one suffices unless one is bad, in every order", arguments: orders)
  func order(kinds: [Kind]) throws {
    let signers = try kinds.map { try $0.signer() }
    let scene = try Scene()
    try scene.sign(signers)
    for (kind, signer) in zip(kinds, signers) where kind != .unknown { try scene.trust(signer) }
    for reference in [nil, "example.com/hello:0.0.1"] {
      let verdict = try scene.verdict(as: reference)
      #expect(verdict.reason == Self.expected(kinds), "\(verdict.message)")
      #expect(verdict.signatures.map(\.status) == kinds.map(\.status))
      if verdict.isAccepted { #expect(verdict.notes.count == kinds.count { $0 != .good }) }
    }
  }

  @Test("A good signature by a key of another prefix does not help, whoever else signed")
  func wrongPrefix() throws {
    let (elsewhere, unknown) = (try Signer.fit(), try Signer.fit())
    for order in [[elsewhere, unknown], [unknown, elsewhere]] {
      let scene = try Scene()
      try scene.sign(order)
      try scene.trust(elsewhere, in: try scope("example.org"))
      #expect(try scene.reason() == .untrusted)
      #expect(try scene.reason(as: "example.com/hello") == .untrusted)
    }
  }

  @Test("The same good signature twice is accepted; good by one copy and revoked by another is not")
  func copies() throws {
    let signer = try Signer.fit()
    let scene = try Scene(signedBy: signer, signer)
    try scene.trust(signer, in: try scope("example.com"))
    #expect(try scene.reason() == .accepted)
    var revoked = signer
    try revoked.certificate.addOverKey(.revocation(0x20, .reason(2)))
    try scene.trust(revoked, in: try scope("example.org"))
    #expect(try scene.reason() == .unfit)
    // A revocation is a fact about the key: asking by name must not make it unseen.
    #expect(try scene.reason(as: "example.com/hello") == .unfit)
  }

  private static func permutations(_ kinds: [Kind]) -> [[Kind]] {
    guard kinds.count > 1 else { return [kinds] }
    return kinds.indices.flatMap { index in
      var rest = kinds
      let first = rest.remove(at: index)
      return permutations(rest).map { [first] + $0 }
    }
  }
}
