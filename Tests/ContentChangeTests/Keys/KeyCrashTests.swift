import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// DESIGN, "What must always hold", rule 2: killed before whichever call that writes, a key is as it was or as it was to be, and never lost.
@Suite("A crash while keys are written", .timeLimit(.minutes(10)))
struct KeyCrashTests {
  private static let calls = ["mkdirat", "fchmod", "write", "fsync", "linkat", "renameat", "unlinkat"]

  enum Verb: String, CaseIterable { case generate, `import`, passwd, remove }

  /// A desk before the command, and the key that it is about.
  private struct Scene {
    let desk: KeyDesk
    let key: PrivateSigningKey?
    let verb: Verb

    init(_ verb: Verb) throws {
      (desk, self.verb) = (try KeyDesk(), verb)
      switch verb {
      case .generate: key = nil
      case .import:
        key = try desk.place(passphrase: "old word")
        try desk.shell("mv ..\(KeyDesk.keys)/* source; rm -r ..\(KeyDesk.trust)")
      case .passwd, .remove: key = try desk.place(passphrase: "old word")
      }
    }

    private var words: [String] {
      let id = key.map { "\($0.id)" } ?? ""
      switch verb {
      case .generate: return ["generate"]
      case .import: return ["import", "source"]
      case .passwd: return ["passwd", id]
      case .remove: return ["remove", id, "--copy", "copy"]
      }
    }

    func run(_ options: [String] = []) throws -> ChildProcess.Outcome {
      try desk.key(
        words, lines: verb == .remove ? [] : verb == .generate ? ["new word"] : ["old word", "new word"],
        under: [
          "strace", "-f", "-qq", "-o", desk.machine.located("/trace"), "-e",
          "trace=" + KeyCrashTests.calls.joined(separator: ","),
        ]
          + options)
    }

    /// The keys that open, by whichever of the words.
    private func opened() throws -> [KeyID] {
      let names = desk.names.filter { $0.hasSuffix(".key") }
      return try names.compactMap { KeyID($0.dropLast(4)) }.filter { id in
        let ring = SigningKeyring([desk.folder], passphrases: ListedPassphrases("old word", "new word"))
        return try ring.key(KeyRequest(id, role: "root", purpose: "")) != nil
      }
    }

    func check(_ step: String) throws {
      let names = desk.names.filter { $0.hasSuffix(".key") }
      let opened = try opened()
      #expect(opened.count == names.count && names.count <= 1, "\(step): \(desk.names)")
      switch verb {
      case .generate: break
      case .import:
        #expect(desk.machine.contents("/desk/source") != nil && (opened.isEmpty || opened == [key?.id]), "\(step)")
      case .passwd: #expect(opened == [key?.id], "\(step)")
      case .remove:
        if opened.isEmpty {
          let back = try desk.key(["import", "copy"], lines: ["old word"])
          #expect(back.status == 0, "\(step): \(back.errorText)")
          #expect(try self.opened() == [key?.id], "\(step)")
        }
      }
      for name in desk.names { #expect(desk.machine.mode(KeyDesk.keys + "/" + name) == 0o600, "\(step): \(name)") }
      // The next write finds its way, and leaves nothing of the old one.
      try desk.place()
      #expect(desk.names.allSatisfy { $0.hasSuffix(".key") }, "\(step): \(desk.names)")
    }
  }

  @Test("Every step", arguments: Verb.allCases)
  func everyStep(_ verb: Verb) throws {
    let whole = try Scene(verb)
    let outcome = try whole.run()
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let lines = String(decoding: whole.desk.machine.contents("/trace") ?? [], as: UTF8.self).split(separator: "\n")
    let counts = lines.reduce(into: [String: Int]()) { counts, line in
      guard let call = Self.calls.first(where: { line.contains(" \($0)(") }) else { return }
      counts[call, default: 0] += 1
    }
    #expect(counts["fsync", default: 0] >= 2, "\(counts)")
    for call in Self.calls {
      for step in 1...max(1, counts[call] ?? 0) where counts[call] != nil {
        let scene = try Scene(verb)
        let killed = try scene.run(["-e", "inject=\(call):signal=KILL:when=\(step)"])
        #expect(killed.status == 137, "\(verb) \(call) \(step): \(killed.errorText)")
        try scene.check("\(verb) \(call) \(step)")
      }
    }
  }
}
