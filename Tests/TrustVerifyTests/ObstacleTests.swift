import TestSupport
import Testing
import TrustModel

/// A mask may hide where the administrator's layer cannot be seen: could not tell is not accepted.
@Suite("Places that cannot be looked into")
struct ObstacleTests {
  private static let top = Layer.administrator.directory
  static let levels = ["/etc", "/etc/rkt", top, top + "/root.d", top + "/prefix.d", top + "/prefix.d/example.com"]

  @Test(
    "A link on the way to the administrator's masks makes an accepted image undecided", arguments: levels,
    [nil, "example.com/hello"])
  func accepted(level: String, reference: String?) throws {
    let scene = try ReasonTests.held()
    try scene.machine.makeDirectory(Self.top + "/prefix.d/example.com")
    #expect(try scene.reason(as: reference) == .accepted)
    try scene.machine.replaceByLink(level)
    let verdict = try scene.verdict(as: reference)
    #expect(verdict.outcome == .undetermined)
    #expect(verdict.reason == .failed)
    #expect(verdict.message.contains("link"))
  }

  @Test("It leaves a refusal what it is", arguments: [nil, "example.com/hello"])
  func refused(reference: String?) throws {
    let shapes: [(Reason, Scene)] = [
      (.untrusted, try Scene(signedBy: .fit())), (.unfit, try ReasonTests.held(.expired())),
      (.tampered, try ReasonTests.held { $0.damage = .numbers }), (.unsigned, try Scene()),
      (.malformed, try ReasonTests.held(.fit(), of: MadeImage.malformed)),
    ]
    for (reason, scene) in shapes {
      try scene.machine.link(Self.top + "/prefix.d/example.com", to: "/nonexistent")
      #expect(try scene.reason(as: reference) == reason)
    }
  }

  @Test(
    "A link in another prefix's place, or in the distribution's layer, hides no mask",
    arguments: [
      "/etc/rkt/trustedkeys/prefix.d/example.org", "/etc/rkt/trustedkeys/prefix.d/example.com/hello2",
      "/etc/rkt/trustedkeys/prefix.d/example.com/hello/web", "/usr/lib/rkt/trustedkeys/prefix.d/example.com",
    ])
  func elsewhere(path: String) throws {
    let scene = try ReasonTests.held()
    try scene.machine.link(path, to: "/nonexistent")
    for reference in [nil, "example.com/hello"] { #expect(try scene.reason(as: reference) == .accepted) }
  }
}
