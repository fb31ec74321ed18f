import TestSupport
import Testing
import TrustModel

/// CONTRACT, "Exit codes": where several reasons apply, the first of 15, 18, 17, 14, 13, 12, 10 is given.
@Suite("Where several reasons apply")
struct PrecedenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let stronger: Reason
    let weaker: Reason
    let name: String
    let reference: String?
    /// The scene and those who sign, in an order that must not matter.
    let make: @Sendable () throws -> (Scene, [Signer])
    var testDescription: String { "\(stronger) before \(weaker): \(name)" }

    init(
      _ stronger: Reason, _ weaker: Reason, _ name: String, as reference: String? = nil,
      _ make: @escaping @Sendable () throws -> (Scene, [Signer])
    ) {
      (self.stronger, self.weaker, self.name) = (stronger, weaker, name)
      (self.reference, self.make) = (reference, make)
    }
  }

  static let cases: [Case] = [
    Case(.tampered, .malformed, "a bad signature beside a good one over no image") {
      let (scene, signer) = try good(MadeImage.malformed)
      return (scene, [signer, try bad(in: scene)])
    },
    Case(.tampered, .mismatch, "a bad signature beside a good one over another image", as: "example.com/other") {
      let (scene, signer) = try good()
      return (scene, [signer, try bad(in: scene)])
    },
    Case(.tampered, .unfit, "a bad signature beside one by an expired key") {
      let scene = try Scene()
      return (scene, [try expired(in: scene), try bad(in: scene)])
    },
    Case(.tampered, .unfit, "a bad signature by an expired key") {
      let scene = try Scene()
      return (scene, [try expired(in: scene).signing { $0.damage = .numbers }])
    },
    Case(.tampered, .disabled, "a bad signature beside one by a disabled key") {
      let scene = try Scene()
      return (scene, [try disabled(in: scene), try bad(in: scene)])
    },
    Case(.tampered, .disabled, "a bad signature by a disabled key") {
      let scene = try Scene()
      return (scene, [try disabled(in: scene).signing { $0.damage = .numbers }])
    },
    Case(.tampered, .untrusted, "a bad signature beside one by an unknown key") {
      let scene = try Scene()
      return (scene, [try .fit(), try bad(in: scene)])
    },
    Case(.tampered, .untrusted, "a bad signature by a key of another prefix") {
      let scene = try Scene()
      let signer = try Signer.fit().signing { $0.damage = .numbers }
      try scene.trust(signer, in: try scope("example.org"))
      return (scene, [signer])
    },
    Case(.tampered, .unsigned, "a bad signature beside one that does not count") {
      let scene = try Scene()
      return (scene, [try bad(in: scene), try unsupported(in: scene)])
    },
    Case(.malformed, .mismatch, "no image, asked for by another name", as: "example.com/other") {
      let (scene, signer) = try good(MadeImage.malformed)
      return (scene, [signer])
    },
    Case(.malformed, .unfit, "no image, a good signature beside one by an expired key") {
      let (scene, signer) = try good(MadeImage.malformed)
      return (scene, [signer, try expired(in: scene)])
    },
    Case(.malformed, .disabled, "no image, by a key that is disabled for one name and trusted for others") {
      let (scene, signer) = try partlyMasked(MadeImage.malformed)
      return (scene, [signer])
    },
    Case(.malformed, .untrusted, "no image, by a key of another prefix", as: "example.com/hello") {
      let (scene, signer) = try good(MadeImage.malformed, in: "example.org")
      return (scene, [signer])
    },
    Case(.mismatch, .unfit, "another image, signed by an expired key too", as: "example.com/other") {
      let (scene, signer) = try good()
      return (scene, [signer, try expired(in: scene)])
    },
    Case(.mismatch, .disabled, "another image, by a key disabled for the name", as: "example.com/hello:9") {
      let (scene, signer) = try partlyMasked()
      return (scene, [signer])
    },
    Case(.mismatch, .untrusted, "another image, by a key of another prefix", as: "example.com/other") {
      let (scene, signer) = try good(in: "example.org")
      return (scene, [signer])
    },
    Case(.unfit, .disabled, "an expired key that is disabled") {
      let scene = try Scene()
      let signer = try expired(in: scene)
      try scene.machine.mask(signer.fingerprint)
      return (scene, [signer])
    },
    Case(.unfit, .disabled, "an expired key beside a disabled one") {
      let scene = try Scene()
      return (scene, [try disabled(in: scene), try expired(in: scene)])
    },
    Case(.unfit, .disabled, "an expired key beside one disabled for the name", as: "example.com/hello") {
      let (scene, signer) = try partlyMasked()
      return (scene, [signer, try expired(in: scene)])
    },
    Case(.unfit, .untrusted, "an expired key of another prefix", as: "example.com/hello") {
      let scene = try Scene()
      let signer = try Signer.expired()
      try scene.trust(signer, in: try scope("example.org"))
      return (scene, [signer])
    },
    Case(.unfit, .untrusted, "an expired key beside an unknown one") {
      let scene = try Scene()
      return (scene, [try .fit(), try expired(in: scene)])
    },
    Case(.unfit, .unsigned, "an expired key beside a signature that does not count") {
      let scene = try Scene()
      return (scene, [try unsupported(in: scene), try expired(in: scene)])
    },
    Case(.disabled, .untrusted, "a disabled key beside an unknown one") {
      let scene = try Scene()
      return (scene, [try .fit(), try disabled(in: scene)])
    },
    Case(.disabled, .untrusted, "a key disabled for the name and trusted elsewhere", as: "example.com/hello") {
      let scene = try Scene()
      let signer = try Signer.fit()
      try scene.trust(signer, in: try scope("example.com"))
      try scene.trust(signer, in: try scope("example.org"), .administrator)
      try scene.machine.mask(signer.fingerprint)
      return (scene, [signer])
    },
    Case(.disabled, .unsigned, "a disabled key beside a signature that does not count") {
      let scene = try Scene()
      return (scene, [try unsupported(in: scene), try disabled(in: scene)])
    },
    Case(.untrusted, .unsigned, "an unknown key beside a signature that does not count") {
      let scene = try Scene()
      return (scene, [try unsupported(in: scene), try .fit()])
    },
  ]

  @Test("The reason that has to be mended first is given, whatever the order in the file", arguments: cases)
  func precedence(shape: Case) throws {
    let (scene, signers) = try shape.make()
    for order in [signers, signers.reversed()] {
      try scene.sign(order)
      let verdict = try scene.verdict(as: shape.reference)
      #expect(verdict.reason == shape.stronger, "\(verdict.message)")
      #expect(verdict.signatures.count == signers.count)
    }
  }

  @Test("The cases hold every pair of neighbours in the order of the contract")
  func complete() {
    let order: [Reason] = [.tampered, .malformed, .mismatch, .unfit, .disabled, .untrusted, .unsigned]
    #expect(order.map(\.exitStatus) == [15, 18, 17, 14, 13, 12, 10])
    for (stronger, weaker) in zip(order, order.dropFirst()) {
      #expect(Self.cases.contains { $0.stronger == stronger && $0.weaker == weaker }, "\(stronger), \(weaker)")
    }
  }

  private static func good(_ octets: [UInt8] = MadeImage.usual, in prefix: String = "example.com") throws -> (
    Scene, Signer
  ) {
    let scene = try Scene(image: octets)
    let signer = try Signer.fit()
    try scene.trust(signer, in: try scope(prefix))
    return (scene, signer)
  }

  private static func partlyMasked(_ octets: [UInt8] = MadeImage.usual) throws -> (Scene, Signer) {
    let (scene, signer) = try good(octets)
    try scene.machine.mask(signer.fingerprint, in: try scope("example.com/hello"))
    return (scene, signer)
  }

  private static func bad(in scene: Scene) throws -> Signer {
    let signer = try Signer.fit().signing { $0.damage = .numbers }
    try scene.trust(signer)
    return signer
  }

  private static func expired(in scene: Scene) throws -> Signer {
    let signer = try Signer.expired()
    try scene.trust(signer)
    return signer
  }

  private static func disabled(in scene: Scene) throws -> Signer {
    let signer = try Signer.fit()
    try scene.trust(signer)
    try scene.machine.mask(signer.fingerprint)
    return signer
  }

  private static func unsupported(in scene: Scene) throws -> Signer {
    let signer = try Signer.fit().signing { $0.type = 0x01 }
    try scene.trust(signer)
    return signer
  }
}
