import SignedMetadata
import StrictJSON
import Testing
import TrustModel

/// Lists of targets in canonical form are read where they lie: with the same answers, and the same refusals, as any other.
@Suite("Lists of targets in canonical form")
struct CanonicalListTests {
  private static let dialects: [Dialect] = [.tuf, .notary]

  /// A repository whose targets are written as Notary writes them: `signed` first, and in canonical form.
  private func repository(
    _ dialect: Dialect, targets: Int = 3, isCanonical: Bool = true, spoil: @escaping (inout JSON) -> Void = { _ in }
  ) throws -> MadeRepository {
    var repository = try MadeRepository(dialect, targets: targets)
    repository.spoil[.targets] = { body in
      spoil(&body)
      if let sorted = try? JSON.parse(body.canonicalForm), isCanonical { body = sorted }
    }
    repository.forge[.targets] = { document in
      guard isCanonical, let signed = document["signed"], let signatures = document["signatures"] else { return }
      document = ["signed": signed, "signatures": signatures]
    }
    repository.roles[.targets]?.version = 2
    repository.roles[.snapshot]?.version = 2
    repository.roles[.timestamp]?.version = 2
    try repository.publish()
    return repository
  }

  private func outcome(_ repository: MadeRepository) -> Client.Outcome {
    Client(root: repository.documents[.root]).update(from: repository)
  }

  @Test("Every target is found, in the order of the names, and no other one", arguments: dialects)
  func found(dialect: Dialect) throws {
    let made = try repository(dialect, targets: 12)
    let octets = try #require(made.documents[.targets])
    #expect(CanonicalObject(in: octets, at: 10, depth: 63, listing: "targets")?.listing?.count == 12)
    let targets = try #require(outcome(made).update?.targets?.targets)
    let plain = try #require(outcome(try repository(dialect, targets: 12, isCanonical: false)).update?.targets?.targets)
    #expect(targets.count == 12 && plain.count == 12)
    #expect(Array(targets.keys) == plain.keys.sorted())
    for (name, file) in plain { #expect(targets[name] == file) }
    for name in ["", "file", "file00", "file10x", "zzz", "é"] as [JSONString] { #expect(targets[name] == nil) }
    #expect(try #require(outcome(try repository(dialect, targets: 0)).update?.targets?.targets).count == 0)
  }

  @Test("Entries of every kind are refused for the same reason as in any other form", arguments: dialects)
  func refused(dialect: Dialect) throws {
    let digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    let values: [JSON] = [
      .null, 1, [], [:], ["length": 1], ["hashes": [:], "length": 1], ["hashes": ["sha256": "AA=="], "length": 1],
      ["hashes": ["sha256": JSON(digest)]], ["hashes": ["sha256": JSON(digest)], "length": -1],
      ["hashes": ["sha256": JSON(digest)], "length": "1"], ["hashes": ["md5": "AA=="], "length": 1],
      ["hashes": ["sha256": JSON(digest), "sha512": JSON(digest)], "length": 1],
      ["hashes": ["sha256": JSON("A" + digest.dropFirst())], "length": 1],
      ["hashes": ["sha256": JSON(digest.dropLast(2) + "V=")], "length": 1],
      ["custom": ["a": 1], "hashes": ["sha256": JSON(digest)], "length": 9_007_199_254_740_991],
      ["hashes": ["sha256": JSON(digest)], "length": 0], ["hashes": .null, "length": 1],
    ]
    for value in values {
      let spoil: (inout JSON) -> Void = { $0.set(["targets", "file1"], value) }
      let lying = outcome(try repository(dialect, spoil: spoil))
      let read = outcome(try repository(dialect, isCanonical: false, spoil: spoil))
      #expect(lying.error?.rule == read.error?.rule, "\(value)")
      #expect(lying.update?.targets?.targets["file1"] == read.update?.targets?.targets["file1"], "\(value)")
    }
  }

  @Test("What is signed is what was received: any octet changed is refused", arguments: dialects)
  func signed(dialect: Dialect) throws {
    let made = try repository(dialect)
    let octets = try #require(made.documents[.targets])
    for place in stride(from: 0, to: octets.count, by: 7) {
      var changed = made
      var other = octets
      other[place] ^= 1
      changed.serve[.targets] = other
      #expect(outcome(changed).update?.targets == nil, "octet \(place)")
    }
  }

  @Test("Signatures are read as strictly as ever behind a list in canonical form")
  func signatures() throws {
    for end in [
      #","signatures":[]"#, #","signed":{},"signatures":[]}"#, #","signatures":{}}"#, #","signatures":[]}}"#, "}", "",
      #","signatures":[{"keyid":"a","method":"ecdsa","sig":""},{"keyid":"a","method":"ecdsa","sig":""}]}"#,
      #","signatures":[], "SIGNATURES":[]}"#,
    ] {
      let text = #"{"signed":{"_type":"Targets","expires":"2030-01-01T00:00:00Z","targets":{},"version":1}"# + end
      #expect(throws: MetadataError.self, "\(end)") { try ListedRoles(targets: Array(text.utf8), of: .targets) }
    }
    let good =
      #"{"signed":{"_type":"Targets","expires":"2030-01-01T00:00:00Z","targets":{},"version":1},"signatures":[]}"#
    #expect(try ListedRoles(targets: Array(good.utf8), of: .targets).roles.isEmpty)
  }
}
