import TestSupport
import Testing
import TrustModel

@Suite("Finding the signer's key")
struct SignerSearchTests {
  static let issuers: [(String, MadeSignature.Issuer, Bool)] = [
    ("by fingerprint and key id", .both, true), ("by key id alone", .keyID, true), ("nowhere", .nowhere, false),
    ("by the key id of nobody", .lyingKeyID(0x0123_4567_89ab_cdef), false),
  ]

  @Test("A signature names its maker, or nobody vouches for it", arguments: issuers.indices, ["primary key", "subkey"])
  func issuer(index: Int, maker: String) throws {
    let (_, issuer, isFound) = Self.issuers[index]
    let signer = (maker == "subkey" ? try Signer.subkey() : try .fit()).signing { $0.issuer = issuer }
    let scene = try Scene(signedBy: signer)
    try scene.trust(signer, in: try scope("example.com"))
    try scene.trust(.fit(), .subkey(), .expired())
    for reference in [nil, "example.com/hello"] {
      let verdict = try scene.verdict(as: reference)
      #expect(verdict.reason == (isFound ? .accepted : .untrusted), "\(verdict.message)")
      guard isFound else { continue }
      #expect(verdict.signatures.map(\.primaryFingerprint) == [signer.fingerprint])
      #expect(verdict.signatures.map(\.fingerprint) == [signer.key.fingerprint])
    }
  }

  @Test("A mask of the primary key switches its signing subkeys off", arguments: [nil, "example.com/hello"])
  func maskedSubkey(reference: String?) throws {
    let signer = try Signer.subkey()
    let scene = try Scene(signedBy: signer)
    try scene.trust(signer, in: try scope("example.com"))
    try scene.machine.mask(signer.fingerprint)
    #expect(try scene.reason(as: reference) == .disabled)
  }

  @Test("A mask named by the subkey's fingerprint switches nothing off")
  func maskOfSubkey() throws {
    let signer = try Signer.subkey()
    let scene = try Scene(signedBy: signer)
    try scene.trust(signer)
    try scene.machine.mask(signer.key.fingerprint)
    for reference in [nil, "example.com/hello"] { #expect(try scene.reason(as: reference) == .accepted) }
  }

  @Test(
    "A wrongly named file never stops the right one from working (rule 5)",
    arguments: ["the key itself", "garbage"], [Layer.distribution, .administrator])
  func fileNamedByTheSubkey(contents: String, layer: Layer) throws {
    let signer = try Signer.subkey()
    let scene = try Scene(signedBy: signer)
    try scene.trust(signer)
    let octets = contents == "garbage" ? [1, 2, 3] : signer.certificate.octets
    try scene.machine.place(octets, named: "\(signer.key.fingerprint)", layer)
    for reference in [nil, "example.com/hello"] {
      let verdict = try scene.verdict(as: reference)
      #expect(verdict.reason == .accepted, "\(verdict.message)")
    }
  }

  @Test("A wrongly named file vouches for nobody", arguments: ["another's name", "upper case", ".asc", "key id"])
  func wrongName(kind: String) throws {
    let (signer, other) = (try Signer.fit(), try Signer.fit())
    let name = "\(signer.fingerprint)"
    let names = [
      "another's name": "\(other.fingerprint)", "upper case": name.uppercased(), ".asc": name + ".asc",
      "key id": String(name.suffix(16)),
    ]
    let scene = try Scene(signedBy: signer)
    try scene.machine.place(signer.certificate.octets, named: try #require(names[kind]), .administrator)
    for reference in [nil, "example.com/hello"] { #expect(try scene.reason(as: reference) == .untrusted) }
  }

  @Test("Ten broken neighbours leave the signer's key working (rule 5)")
  func neighbours() throws {
    let signer = try Signer.fit()
    let scene = try Scene(signedBy: signer.signing { $0.issuer = .keyID })
    try scene.trust(signer, in: try scope("example.com"), .administrator)
    for directory in [Scope.root, try scope("example.com"), try scope("example.com/hello")] {
      let place = SandboxMachine.directory(.administrator, directory)
      try scene.machine.write(place + "/README", [1])
      try scene.machine.write(place + "/" + String(repeating: "1", count: 40), [1, 2, 3])
      try scene.machine.makeDirectory(place + "/" + String(repeating: "2", count: 40))
      try scene.machine.link(place + "/" + String(repeating: "3", count: 40), to: "/nonexistent")
      try scene.machine.makeFIFO(place + "/" + String(repeating: "4", count: 40))
    }
    for reference in [nil, "example.com/hello"] { #expect(try scene.reason(as: reference) == .accepted) }
  }

  @Test("A key that claims another's key id or fingerprint in its user id gains nothing by it")
  func claims() throws {
    let (trusted, stranger) = (try Signer.fit(), try Signer.fit())
    for issuer in [
      MadeSignature.Issuer.lyingKeyID(trusted.fingerprint.keyID), .lyingFingerprint(trusted.fingerprint),
    ] {
      let scene = try Scene(signedBy: stranger.signing { $0.issuer = issuer })
      try scene.trust(trusted)
      #expect(try !scene.verdict().isAccepted)
      #expect(try !scene.verdict(as: "example.com/hello").isAccepted)
    }
  }
}
