import OpenPGP
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

@Suite("Plans for several keys, and for all scopes of one")
struct SeveralKeysTests {
  private let machine: SandboxMachine
  private let desk: Desk
  private let host: Scope

  init() throws {
    machine = try SandboxMachine()
    desk = Desk(machine)
    host = try scope("example.com")
  }

  private func location(_ key: MadeCertificate, _ scope: Scope) -> KeyLocation {
    KeyLocation(layer: .administrator, scope: scope, fingerprint: key.fingerprint)
  }

  /// Keys that the distribution ships for the same names.
  private func shipped(_ count: Int) throws -> [MadeCertificate] {
    let keys = try (0..<count).map { _ in try freshKey() }
    for key in keys { try machine.place(key, in: host, .distribution) }
    return keys
  }

  @Test("Several keys are one change: one entry, one effect over the result, one undo")
  func together() throws {
    let keys = try shipped(3)
    let change = try desk.change(try desk.planner.several(.disable, keys.map { location($0, host) }))
    #expect(change.verb == .disable && change.summary == "disable 3 keys for example.com")
    #expect(change.effects.map(\.acceptedBefore) == [3] && change.effects.map(\.acceptedAfter) == [0])
    #expect(Set(change.withdrawn) == Set(keys.map(\.fingerprint)))
    let id = try desk.apply(.change(change))
    #expect(try desk.accepted("example.com/hello").isEmpty)
    #expect(try desk.journal.entries.count == 1)
    try desk.apply(try desk.undo(id))
    #expect(try desk.accepted("example.com/hello") == Set(keys.map(\.fingerprint)))
  }

  @Test("A key that needs nothing, and one that this cannot be done to, are left out and named")
  func leftOut() throws {
    let keys = try shipped(3)
    try machine.mask(keys[1].fingerprint, in: host)
    let own = try freshKey()
    try machine.place(own, in: host, .administrator)
    let change = try desk.change(
      try desk.planner.several(.disable, (keys + [own, keys[0]]).map { location($0, host) }))
    #expect(change.edits.compactMap(\.location?.fingerprint) == [keys[0].fingerprint, keys[2].fingerprint])
    #expect(change.notes.contains { $0.hasPrefix("left out: ") && $0.contains("\(keys[1].fingerprint)") })
    #expect(change.warnings.contains { $0.hasPrefix("left out: ") && $0.contains("\(own.fingerprint)") })
  }

  @Test("Of many that are left out the first five are named, the others counted", arguments: [5, 6])
  func manyLeftOut(count: Int) throws {
    let keys = try shipped(count + 1)
    for key in keys.dropFirst() { try machine.mask(key.fingerprint, in: host) }
    let change = try desk.change(try desk.planner.several(.disable, keys.map { location($0, host) }))
    #expect(change.edits.count == 1 && change.notes.count == count)
    #expect(change.notes.contains("left out: 1 more key in the same way") == (count == 6))
  }

  @Test("Where nothing remains the plan is none, and says why")
  func nothingRemains() throws {
    let keys = try shipped(2)
    for key in keys { try machine.mask(key.fingerprint, in: host) }
    guard case .nothing(let sentence) = try desk.planner.several(.disable, keys.map { location($0, host) }) else {
      Issue.record("something was planned")
      return
    }
    #expect(sentence.contains("already disabled"))
    let own = [try freshKey(), try freshKey()]
    for key in own { try machine.place(key, in: host, .administrator) }
    #expect(throws: ChangeError.self) { try desk.planner.several(.disable, own.map { location($0, host) }) }
  }

  @Test("Enable and remove take several keys too", arguments: [ChangePlanner.SeveralVerb.enable, .remove])
  func others(verb: ChangePlanner.SeveralVerb) throws {
    let keys = verb == .enable ? try shipped(2) : [try freshKey(), try freshKey()]
    for key in keys {
      if verb == .enable {
        try machine.mask(key.fingerprint, in: host)
      } else {
        try machine.place(key, in: host, .administrator)
      }
    }
    try desk.apply(try desk.planner.several(verb, keys.map { location($0, host) }))
    #expect(try desk.accepted("example.com").count == (verb == .enable ? 2 : 0))
    #expect(machine.files(of: .administrator).isEmpty)
  }

  @Test("All or none: where one file has changed since, none is written")
  func atomic() throws {
    let keys = try shipped(3)
    let plan = try desk.planner.several(.disable, keys.map { location($0, host) })
    try machine.place(keys[2], in: host, .administrator)
    let before = machine.files(of: .administrator)
    #expect(throws: ChangeError.self) { try desk.apply(plan) }
    #expect(machine.files(of: .administrator) == before)
    #expect(try desk.journal.entries.isEmpty)
  }

  @Test("A change takes 1000 keys, and not one more", arguments: [1000, 1001])
  func limit(count: Int) throws {
    let keys = try (0..<count).map { index in
      let digits = String(index, radix: 16)
      let name = String(repeating: "0", count: 40 - digits.count) + digits
      return KeyLocation(
        layer: .administrator, scope: .root, fingerprint: try #require(Fingerprint(fileName: name)))
    }
    #expect(ChangePlanner.severalLimit == 1000)
    guard count <= ChangePlanner.severalLimit else {
      #expect(throws: ChangeError.self) { try desk.planner.several(.disable, keys) }
      return
    }
    #expect(try desk.change(try desk.planner.several(.disable, keys)).edits.count == count)
  }

  @Test("A key in two scopes: one of them leaves it trusted in the other, and says so; both leave nothing")
  func twoScopes() throws {
    let key = try freshKey()
    let other = try scope("other.example")
    for place in [host, other] { try machine.place(key, in: place, .distribution) }
    let one = try desk.change(try desk.planner.disable(key.fingerprint, in: host))
    #expect(one.elsewhere == [other])
    #expect(one.warnings.contains { $0.contains("stays trusted for other.example") })
    let both = try desk.change(
      try desk.planner.several(.disable, [location(key, host), location(key, other)]))
    #expect(both.elsewhere.isEmpty && both.warnings.isEmpty, "\(both.warnings)")
  }

  @Test("Disabled everywhere, a key counts nowhere: shipped copies are masked, the administrator's are taken away")
  func disableEverywhere() throws {
    let key = try freshKey()
    let own = try scope("own.example")
    try machine.place(key, in: host, .distribution)
    try machine.place(key, in: host, .administrator)
    try machine.place(key, .distribution)
    try machine.place(key, in: own, .administrator)
    let files = machine.files(of: .administrator)
    let change = try desk.change(try desk.planner.disableEverywhere(key.fingerprint))
    #expect(change.verb == .disable && change.elsewhere.isEmpty)
    #expect(change.warnings.count == 2, "\(change.warnings)")
    let id = try desk.apply(.change(change))
    for name in ["example.com/hello", "own.example/x", "any.example"] { #expect(try desk.accepted(name).isEmpty) }
    guard case .nothing = try desk.planner.disableEverywhere(key.fingerprint) else {
      Issue.record("it was disabled twice")
      return
    }
    try desk.apply(try desk.undo(id))
    #expect(machine.files(of: .administrator) == files)
  }

  @Test("The administrator's own key is removed everywhere, and every mask of a key goes at once")
  func removeAndEnableEverywhere() throws {
    let (own, key) = (try freshKey(), try freshKey())
    let places = [host, try scope("other.example")]
    for place in places {
      try machine.place(own, in: place, .administrator)
      try machine.place(key, in: place, .distribution)
      try machine.mask(key.fingerprint, in: place)
    }
    #expect(try desk.change(try desk.planner.disableEverywhere(own.fingerprint)).verb == .remove)
    let one = try desk.change(try desk.planner.enable(key.fingerprint, in: host))
    #expect(one.elsewhere == [places[1]] && one.warnings.isEmpty && one.notes.count == 1)
    try desk.apply(try desk.planner.enableEverywhere(key.fingerprint))
    #expect(try desk.accepted("other.example") == [own.fingerprint, key.fingerprint])
    try desk.apply(try desk.planner.removeEverywhere(own.fingerprint))
    #expect(try desk.accepted("other.example") == [key.fingerprint])
    #expect(try desk.journal.entries.map(\.verb) == ["enable", "remove"])
    #expect(machine.files(of: .administrator).isEmpty)
  }

  @Test("A key that no layer holds is disabled nowhere")
  func unknown() throws {
    let key = try freshKey()
    #expect(throws: ChangeError.self) { try desk.planner.disableEverywhere(key.fingerprint) }
    #expect(throws: ChangeError.self) { try desk.planner.enableEverywhere(key.fingerprint) }
    #expect(throws: ChangeError.self) { try desk.planner.removeEverywhere(key.fingerprint) }
  }
}
