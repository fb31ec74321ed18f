import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("Explaining a name")
struct ExplainerTests {
  /// One file of each kind that can concern `example.com/hello`, with the status and the cause that it must have.
  private struct Population {
    let machine: SandboxMachine
    var accepted: Set<String> = []
    var refused: [String: (KeyStatus, String?)] = [:]

    init() throws {
      machine = try SandboxMachine()
      let host = try scope("example.com")
      for (place, layer) in [(Scope.root, Layer.distribution), (host, .distribution), (host, .administrator)] {
        accepted.insert(try machine.place(Signer.fit().certificate, in: place, layer))
      }
      accepted.insert(try machine.place(Signer.fit().certificate, in: try scope("example.com/hello"), .distribution))
      refuse(.expired, nil, try machine.place(Signer.expired().certificate, in: host, .distribution))
      refuse(.revoked, nil, try machine.place(Signer.revoked().certificate, in: host, .administrator))
      refuse(.weak, nil, try machine.place(Signer.weak().certificate, .distribution))
      refuse(.invalid, nil, try machine.place([1], named: "README", in: host, .administrator))
      let disabled = try Signer.fit()
      let mask = try machine.mask(disabled.fingerprint, in: try scope("example.com/hello"))
      refused[mask] = (.mask, nil)
      refuse(.disabled, mask, try machine.place(disabled.certificate, in: host, .distribution))
      let overridden = try Signer.fit()
      let override = try machine.place([9], named: "\(overridden.fingerprint)", in: host, .administrator)
      refused[override] = (.invalid, nil)
      refuse(.overridden, override, try machine.place(overridden.certificate, in: host, .distribution))
      for prefix in ["example.com/h", "example.com/hello/web", "example.org"] {
        refuse(.trusted, nil, try machine.place(Signer.fit().certificate, in: try scope(prefix), .distribution))
      }
    }

    private mutating func refuse(_ status: KeyStatus, _ cause: String?, _ path: String) {
      refused[path] = (status, cause)
    }
  }

  @Test("Every file is in one of the two lists, with its status, its cause and, where it does not count, a reason")
  func everyFile() throws {
    let population = try Population()
    let name = try ImageName("example.com/hello")
    let explanation = Explainer(
      KeyLayers(sysroot: Sysroot(population.machine.path)), for: name, at: Moment.now
    ).explanation(of: name, at: Moment.now)
    #expect(Set(explanation.accepts.map(\.file)) == population.accepted)
    #expect(explanation.accepts.allSatisfy { $0.status == .trusted && $0.detail == nil })
    #expect(Set(explanation.refuses.map(\.file)) == Set(population.refused.keys))
    #expect(explanation.refuses.count == population.refused.count)
    for row in explanation.refuses {
      let (status, cause) = try #require(population.refused[row.file])
      #expect(row.status == status, "\(row.file)")
      #expect(row.by == cause, "\(row.file)")
      #expect(row.detail?.isEmpty == false, "\(row.file)")
    }
  }

  @Test("It agrees with the verdict on images of that name, key by key")
  func agreesWithVerdict() throws {
    let signers = try (0..<6).map { _ in try Signer.fit() }
    let scene = try Scene()
    let host = try scope("example.com")
    try scene.trust(signers[0], in: host)
    try scene.trust(signers[1], in: try scope("example.com/h"))
    try scene.trust(signers[2], in: host)
    try scene.machine.mask(signers[2].fingerprint)
    try scene.trust(signers[3], in: host)
    try scene.machine.mask(signers[3].fingerprint, in: try scope("example.com/other"))
    try scene.trust(signers[4], in: host)
    try scene.machine.place([1], named: "\(signers[4].fingerprint)", in: host, .administrator)
    let name = try ImageName("example.com/hello")
    let accepts = Explainer(scene.layers, for: name, at: Moment.now).explanation(of: name, at: Moment.now).accepts
    for signer in signers {
      try scene.sign([signer])
      let isAccepted = accepts.contains { $0.fingerprint == signer.fingerprint }
      for reference in [nil, "example.com/hello"] {
        #expect(try scene.verdict(as: reference).isAccepted == isAccepted)
      }
    }
    #expect(accepts.count == 2)
  }

  @Test("Where rkt would have decided otherwise, a note says so")
  func notes() throws {
    let population = try Population()
    let name = try ImageName("example.com/hello")
    let layers = KeyLayers(sysroot: Sysroot(population.machine.path))
    try population.machine.link("/etc/rkt/trustedkeys/prefix.d/example.com/hello/web", to: "/nonexistent")
    try population.machine.link("/etc/rkt/trustedkeys/prefix.d/example.com/x", to: "/nonexistent")
    func notes(_ name: ImageName) -> [String] {
      Explainer(layers, for: name, at: Moment.now).explanation(of: name, at: Moment.now).notes
    }
    func count(_ words: String) -> Int { notes(name).count { $0.contains(words) } }
    #expect(count("text, not path components") == 1)
    #expect(count("keys of example.com/h for example.com/hello") == 1)
    #expect(count("README") == 1)
    #expect(count("would accept the expired key") == 1)
    #expect(count("not seen") == 0)
    #expect(notes(try ImageName("example.com/x/y")).count { $0.contains("not seen") } == 1)
  }

  @Test("For a name that nobody speaks for, nothing is accepted")
  func nobody() throws {
    let machine = try SandboxMachine()
    try machine.place(Signer.fit().certificate, in: try scope("example.com"), .distribution)
    let name = try ImageName("example.comx/hello")
    let explanation = Explainer(KeyLayers(sysroot: Sysroot(machine.path)), for: name, at: Moment.now)
      .explanation(of: name, at: Moment.now)
    #expect(explanation.accepts.isEmpty)
    #expect(explanation.refuses.count == 1)
    #expect(explanation.notes.isEmpty)
  }
}
