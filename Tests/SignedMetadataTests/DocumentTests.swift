import SignedMetadata
import StrictJSON
import Testing
import TrustModel

/// Documents that must be refused whoever signed them.
@Suite("Documents of signed metadata")
struct DocumentTests {
  private static let dialects: [Dialect] = [.tuf, .notary]

  /// The error of an update from a repository whose document of a role was changed before it was signed.
  private func error(
    _ dialect: Dialect, _ role: RoleName, spoil: ((inout JSON) -> Void)? = nil, forge: ((inout JSON) -> Void)? = nil
  ) throws -> MetadataError? {
    var repository = try MadeRepository(dialect, targets: 1)
    let client = Client(root: repository.documents[.root])
    repository.spoil[role] = spoil
    repository.forge[role] = forge
    if role == .root { try repository.rotate { _ in } }
    try repository.publish()
    return client.update(from: repository).error
  }

  @Test("T-26: two signatures under one identifier are refused, even where one would be enough", arguments: dialects)
  func twice(dialect: Dialect) throws {
    let found = try error(
      dialect, .timestamp,
      forge: { document in
        guard let signature = document["signatures"]?.array?.first else { return }
        document.set(["signatures"], .array([signature, signature]))
      })
    guard case .duplicateSignature? = found?.rule else {
      Issue.record("\(String(describing: found))")
      return
    }
  }

  @Test("T-27: one key under two identifiers counts once")
  func material() throws {
    var repository = try MadeRepository(.tuf)
    let client = Client(root: repository.documents[.root])
    let key = try MadeKey()
    var other = key
    other.extra = [JSON.Member("comment", "the same")]
    try repository.rotate { roles in
      roles[.timestamp]?.keys = [key, other]
      roles[.timestamp]?.threshold = 2
    }
    try repository.publish()
    #expect(client.update(from: repository).error?.rule == .threshold(good: 1, needed: 2))
  }

  @Test("T-28, T-31: a role names each key once, and only listed ones", arguments: dialects, [true, false])
  func keyIDs(dialect: Dialect, isListed: Bool) throws {
    let found = try error(
      dialect, .root,
      spoil: { body in
        guard let id = body["roles"]?["timestamp"]?["keyids"]?.array?.first else { return }
        let other = JSON(String(repeating: "ab", count: 32))
        body.set(["roles", "timestamp", "keyids"], .array(isListed ? [id, id] : [id, other]))
      })
    #expect(found?.reason == .malformed)
  }

  @Test("T-29: a threshold is a whole number from 1", arguments: [JSON.number(0), -1, "1", true, .null])
  func threshold(value: JSON) throws {
    for dialect in Self.dialects {
      let found = try error(dialect, .root, spoil: { $0.set(["roles", "targets", "threshold"], value) })
      guard case .schema? = found?.rule else {
        Issue.record("\(value) was taken: \(String(describing: found))")
        continue
      }
    }
  }

  @Test("T-31: a key under another name than its digest is refused", arguments: dialects)
  func keyName(dialect: Dialect) throws {
    let found = try error(
      dialect, .root,
      spoil: { body in
        guard var keys = body["keys"]?.members else { return }
        keys[0].name = JSONString(String(repeating: "cd", count: 32))
        body.set(["keys"], .object(keys))
      })
    #expect(found?.rule == .keyID(String(repeating: "cd", count: 32)))
  }

  @Test(
    "T-33: thousands of foreign signatures cost nothing at their limit, and one more is refused", arguments: dialects)
  func foreign(dialect: Dialect) throws {
    func add(_ count: Int) -> (inout JSON) -> Void {
      { document in
        let signatures = document["signatures"]?.array ?? []
        let others = (0..<count).map { number -> JSON in
          ["keyid": JSON("stranger \(number)"), "method": "ecdsa", "sig": JSON(dialect == .tuf ? "00" : "AA==")]
        }
        document.set(["signatures"], .array(others + signatures))
      }
    }
    #expect(try error(dialect, .targets, forge: add(MetadataLimits().signatures - 1)) == nil)
    #expect(try error(dialect, .targets, forge: add(MetadataLimits().signatures))?.reason == .malformed)
  }

  @Test("T-34: a bad signature beside a good one does not matter, nor an empty one", arguments: dialects)
  func bad(dialect: Dialect) throws {
    let found = try error(
      dialect, .timestamp,
      forge: { document in
        let signatures = document["signatures"]?.array ?? []
        let other: JSON = ["keyid": JSON(String(repeating: "ef", count: 32)), "method": "ecdsa", "sig": ""]
        document.set(["signatures"], .array([other] + signatures))
      })
    #expect(found == nil)
  }

  @Test("T-35, T-36: the type is that of the role and of the dialect", arguments: dialects)
  func type(dialect: Dialect) throws {
    for word in dialect == .tuf ? ["snapshot", "Timestamp", ""] : ["Snapshot", "timestamp", ""] {
      #expect(try error(dialect, .timestamp, spoil: { $0.set(["_type"], JSON(word)) })?.rule == .type(word))
    }
  }

  @Test("T-37: a root of the other dialect is refused")
  func dialect() throws {
    let tuf = try MadeRepository(.tuf)
    #expect(throws: MetadataError.self) {
      try TrustedMetadata(root: try #require(tuf.documents[.root]), .notary, at: MadeRepository.now)
    }
    let notary = try MadeRepository(.notary)
    #expect(throws: MetadataError.self) {
      try TrustedMetadata(root: try #require(notary.documents[.root]), .tuf, at: MadeRepository.now)
    }
  }

  @Test(
    "T-39: a method of another kind of key is no signature; an unknown one is passed over; capitals are the same",
    arguments: ["rsapss", "eddsa", "none", "ECDSA"])
  func method(name: String) throws {
    let found = try error(
      .notary, .timestamp,
      forge: { document in
        guard var signature = document["signatures"]?.array?.first else { return }
        signature.set(["method"], JSON(name))
        document.set(["signatures"], .array([signature]))
      })
    #expect(name == "ECDSA" ? found == nil : found?.rule == .threshold(good: 0, needed: 1))
  }

  @Test("T-41: r and s have exactly the size of the curve")
  func size() throws {
    let found = try error(
      .notary, .timestamp,
      forge: { document in
        guard var signature = document["signatures"]?.array?.first, let text = signature["sig"]?.string?.text,
          let octets = Base64.decode(text.utf8)
        else { return }
        let longer = Base64.encode(octets + [0])
        signature.set(["sig"], JSON(String(decoding: longer, as: UTF8.self)))
        document.set(["signatures"], .array([signature]))
      })
    #expect(found?.rule == .threshold(good: 0, needed: 1))
  }

  @Test(
    "T-54, T-55: unknown fields are signed like the others, and unsigned ones beside them are not read",
    arguments: dialects)
  func unknown(dialect: Dialect) throws {
    #expect(try error(dialect, .timestamp, spoil: { $0.set(["x-custom"], ["deep": [1, 2]]) }) == nil)
    #expect(try error(dialect, .timestamp, forge: { $0.set(["comment"], "not signed") }) == nil)
  }

  @Test("T-56: the specification is version 1", arguments: ["2.0.0", "1.x", "0.9", "", "1.0.31", "1"])
  func specification(text: String) throws {
    let found = try error(.tuf, .timestamp, spoil: { $0.set(["spec_version"], JSON(text)) })
    #expect(text.hasPrefix("1") && text != "1.x" ? found == nil : found?.rule == .specificationVersion(text))
  }

  @Test(
    "T-57: TUF has one form of moments, Notary any of RFC 3339",
    arguments: [
      "2030-01-01T00:00:00+02:00", "2030-01-01T00:00:00.123456789Z", "2030-13-01T00:00:00Z", "2030-02-30T00:00:00Z",
      "2030-01-01 00:00:00Z",
      "2030-01-01T00:00:00z", "20300-01-01T00:00:00Z",
    ])
  func moments(text: String) throws {
    let tuf = try error(.tuf, .timestamp, spoil: { $0.set(["expires"], JSON(text)) })
    #expect(tuf?.reason == .malformed)
    let notary = try error(.notary, .timestamp, spoil: { $0.set(["expires"], JSON(text)) })
    #expect(text.contains("+") || text.contains(".") ? notary == nil : notary?.reason == .malformed)
  }

  @Test(
    "T-51, T-52: a target needs a known digest of the right size and a length",
    arguments: [
      ["hashes", "sha256"], ["hashes"], ["length"],
    ] as [[JSONString]])
  func target(path: [JSONString]) throws {
    let bad: [JSON?] = [nil, "00", 5, .null, -1, "x"]
    for value in bad {
      // A length may be 5.
      if path == ["length"], value == 5 { continue }
      let found = try error(.tuf, .targets, spoil: { $0.set(["targets", "file0"] + path, value) })
      #expect(found?.reason == .malformed, "\(String(describing: value))")
    }
  }

  @Test("T-67: no field of any kind traps", arguments: dialects, [RoleName.root, .timestamp, .snapshot, .targets])
  func everyField(dialect: Dialect, role: RoleName) throws {
    let kinds: [JSON] = [.null, true, 0, -1, 9_007_199_254_740_991, "", "text", [], [[]], [:], ["a": [:]]]
    var repository = try MadeRepository(dialect, targets: 1)
    let client = Client(root: repository.documents[.root])
    let tree = try JSON.parse(try #require(repository.documents[role]))
    for path in paths(of: try #require(tree["signed"])) {
      for value in kinds {
        repository.spoil[role] = { $0.set(path, value) }
        if role == .root {
          repository.roles[.root]?.version = 2
          try repository.publishRoot()
        }
        try repository.publish()
        _ = client.update(from: repository)
      }
    }
  }

  private func paths(of value: JSON) -> [[JSONString]] {
    (value.members ?? []).flatMap { member in
      [[member.name]] + paths(of: member.value).map { [member.name] + $0 }
    }
  }

  @Test("J-15: a known name in another case is refused in Notary, whose own reader would take it")
  func otherCase() throws {
    #expect(try error(.notary, .timestamp, spoil: { $0.set(["VERSION"], 7) })?.reason == .malformed)
    #expect(try error(.tuf, .timestamp, spoil: { $0.set(["VERSION"], 7) }) == nil)
  }

  @Test(
    "J-01, J-06, J-12: what is no strict JSON is refused before anything is verified",
    arguments: [
      #"{"signed":{"version":1,"version":2},"signatures":[]}"#, #"{"signed":{"version":1.0},"signatures":[]}"#,
      #"{"signed":{},"signatures":[]}x"#, "[]", "{}", #""x""#, #"{"signed":null}"#, #"{"signed":{},"signatures":{}}"#,
      "",
      String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    ])
  func notJSON(text: String) throws {
    for dialect in Self.dialects {
      var repository = try MadeRepository(dialect)
      let client = Client(root: repository.documents[.root])
      repository.serve[.timestamp] = Array(text.utf8)
      #expect(client.update(from: repository).error?.reason == .malformed)
    }
  }
}
