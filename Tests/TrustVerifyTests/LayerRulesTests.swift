import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// CONTRACT, "What trusted for this name means", rules 1 to 3, over every combination of three files and their places.
@Suite("How the files of both layers stand to each other")
struct LayerRulesTests {
  /// At most one copy of a key in each layer and one mask, each in some scope, and a name.
  struct Case: Sendable, CustomTestStringConvertible {
    let distribution: String?
    let administrator: String?
    let mask: String?
    let name: String

    var testDescription: String {
      "copy in \(distribution ?? "-"), administrator's in \(administrator ?? "-"), mask in \(mask ?? "-"): \(name)"
    }

    /// Whether somebody vouches for the name, told from the words of the contract and by lists of components.
    var isTrusted: Bool {
      let own = administrator.map { Self.covers($0, name) } ?? false
      guard let distribution, Self.covers(distribution, name) else { return own }
      let isOverridden = distribution == administrator
      let isMasked = mask.map { Self.covers($0, name) } ?? false
      return own || !isOverridden && !isMasked
    }

    private static func covers(_ scope: String, _ name: String) -> Bool {
      scope == "root" || name.split(separator: "/").starts(with: scope.split(separator: "/"))
    }
  }

  static let places: [String?] = [nil, "root", "example.com", "example.com/hello"]
  static let names = [
    "example.com", "example.com/hello", "example.com/hello/web", "example.com/other", "example.com/hello2",
    "example.com/h", "example.comx/hello", "other.org/hello",
  ]
  static let all: [Case] = places.flatMap { distribution in
    places.flatMap { administrator in
      // Two administrator files at one path do not exist.
      places.filter { $0 == nil || $0 != administrator }.flatMap { mask in
        names.map { Case(distribution: distribution, administrator: administrator, mask: mask, name: $0) }
      }
    }
  }

  @Test("The table by itself tells all four answers apart")
  func table() {
    #expect(Self.all.count == 4 * (4 + 3 * 3) * 8)
    let trusted = Self.all.filter(\.isTrusted).count
    #expect(trusted > 80 && trusted < Self.all.count - 80)
  }

  @Test("A name is vouched for exactly where the rules say so", arguments: all)
  func rule(shape: Case) throws {
    let key = Self.fingerprint
    let name = try ImageName(shape.name)
    func file(_ place: String?, _ layer: Layer, isEmpty: Bool = false) throws -> KeyFile? {
      guard let place else { return nil }
      let scope: Scope = place == "root" ? .root : try scope(place)
      return KeyFile(planned: KeyLocation(layer: layer, scope: scope, fingerprint: key), isEmpty: isEmpty)
    }
    let files = [
      try file(shape.distribution, .distribution), try file(shape.administrator, .administrator),
      try file(shape.mask, .administrator, isEmpty: true),
    ].compactMap(\.self)
    let rules = LayerRules(files.shuffled())
    let counting = files.filter { $0.scope.covers(name) && rules.standing(of: $0, for: name) == .counts }
    #expect(!counting.isEmpty == shape.isTrusted)
    for file in files where file.isMask { #expect(rules.standing(of: file, for: name) == .mask) }
    // The administrator's own copy is never switched off.
    for file in files where file.layer == .administrator && !file.isMask {
      #expect(rules.standing(of: file) == .counts)
    }
  }

  @Test("What stands in the way is named: the override at the same path before any mask")
  func causes() throws {
    let copy = KeyFile(planned: try location(.distribution, "example.com"), isEmpty: false)
    let override = KeyFile(planned: try location(.administrator, "example.com"), isEmpty: false)
    let mask = KeyFile(planned: try location(.administrator, "root"), isEmpty: true)
    let narrow = KeyFile(planned: try location(.administrator, "example.com/hello"), isEmpty: true)
    let (hello, other) = (try ImageName("example.com/hello"), try ImageName("example.com/other"))
    #expect(LayerRules([copy, override, mask]).standing(of: copy, for: hello) == .overridden(by: override))
    #expect(LayerRules([copy, mask]).standing(of: copy) == .disabled(by: mask))
    let rules = LayerRules([copy, narrow])
    #expect(rules.standing(of: copy) == .counts)
    #expect(rules.partialMasks(of: copy) == [narrow])
    #expect(rules.standing(of: copy, for: hello) == .disabled(by: narrow))
    #expect(rules.standing(of: copy, for: other) == .counts)
    #expect(rules.partialMasks(of: narrow).isEmpty)
  }

  @Test("Another fingerprint's files change nothing")
  func others() throws {
    let copy = KeyFile(planned: try location(.distribution, "root"), isEmpty: false)
    guard let other = Fingerprint(octets: [UInt8](repeating: 9, count: 20)) else { return }
    let masks = [Scope.root, try scope("example.com")].map {
      KeyFile(planned: KeyLocation(layer: .administrator, scope: $0, fingerprint: other), isEmpty: true)
    }
    #expect(LayerRules([copy] + masks).standing(of: copy) == .counts)
  }

  /// What may stand in the place of an override, and whether it still stands before the distribution's copy (rule 2).
  static let overrides: [(String, @Sendable (SandboxMachine, String) throws -> Void)] = [
    ("garbage", { try $0.write($1, [1, 2, 3]) }), ("one line end", { try $0.write($1, [0x0a]) }),
    ("a dangling link", { try $0.link($1, to: "/nonexistent") }), ("a FIFO", { try $0.makeFIFO($1) }),
    ("a directory", { try $0.makeDirectory($1) }),
    ("another's key", { try $0.write($1, try Signer.fit().certificate.octets) }),
    ("a file past the limit", { try $0.write($1, [UInt8](repeating: 0x99, count: KeyLayers.keyFileLimit + 1)) }),
  ]

  @Test("An override that cannot be read trusts nobody (rule 2)", arguments: overrides.indices)
  func unreadableOverride(index: Int) throws {
    let signer = try Signer.fit()
    let scene = try Scene(signedBy: signer)
    try scene.trust(signer, in: try scope("example.com"))
    #expect(try scene.reason() == .accepted)
    let place = KeyLocation(layer: .administrator, scope: try scope("example.com"), fingerprint: signer.fingerprint)
    try scene.machine.makeDirectory(place.directory)
    try Self.overrides[index].1(scene.machine, place.file)
    for reference in [nil, "example.com/hello"] {
      #expect(try scene.reason(as: reference) == .untrusted, "\(Self.overrides[index].0)")
    }
    let records = KeyInventory(scene.layers).records(at: Moment.now)
    #expect(records.map(\.status) == [.overridden, .invalid])
    #expect(records.first?.by == place.file)
  }

  private static let fingerprint: Fingerprint = {
    guard let fingerprint = Fingerprint(octets: [UInt8](repeating: 7, count: 20)) else { preconditionFailure() }
    return fingerprint
  }()

  private func location(_ layer: Layer, _ place: String) throws -> KeyLocation {
    KeyLocation(layer: layer, scope: place == "root" ? .root : try scope(place), fingerprint: Self.fingerprint)
  }
}
