import ContentChange
import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// Commands that are printed as the next step do what they promise when they are pasted.
@Suite("Next steps", .timeLimit(.minutes(5)))
struct NextStepTests {
  private static let record = "/var/lib/keyreeve/content-trust/\(RotationDesk.name)/+rotations.json"

  /// Runs a line as a person pastes it into a shell, with further words.
  private func paste(_ desk: RotationDesk, _ line: Substring, _ more: String = "") throws -> ChildProcess.Outcome {
    let program = try #require(BuiltProgram.path("keyreeve"))
    let folder = program.dropLast("/keyreeve".count)
    let variables = ["HOME": "/home", "DOCKER_CONFIG": "/home/.docker", "PATH": "\(folder):/usr/bin:/bin"]
    return try ChildProcess.run(
      ["bash", "-euc", "\(line) \(more)"],
      environment: ChildProcess.cleanEnvironment.merging(NotaryPeer.passphrases) { $1 }.merging(variables) { $1 },
      directory: desk.machine.path)
  }

  /// What follows some words, up to the end of the line.
  private func command(after words: String, in text: String) throws -> Substring {
    let found = try #require(text.range(of: words), "\(words): \(text)")
    return text[found.upperBound...].prefix { $0 != "\n" }
  }

  private var server: (RotationDesk) -> [String] {
    { ["--server", $0.peer.address, "--trust-dir", $0.machine.located(RotationDesk.trust)] }
  }

  @Test("A root key that serves another repository stays, and is told from one that serves none")
  func sharedRoot() throws {
    let desk = try RotationDesk()
    let other = "example.com/team/other"
    try desk.notary(["init", other, "-p"])
    let old = try desk.serverKeys(.root)[0]
    let json = try desk.rotate(["root", "--json", "--dry-run"].filter { $0 != "--dry-run" })
    let tree = try JSON.parse(json.output)
    #expect(tree["stillUsed"]?.array?.first?["key"]?.string?.text == old.description, "\(json.text)\(json.errorText)")
    #expect(tree["stillUsed"]?.array?.first?["uses"]?.array?.first?["repository"]?.string?.text == other)
    // Back to the old one, and away from it again, now in words.
    #expect(try desk.rotate(["root", "--key", old.description]).status == 0)
    let text = try desk.rotate(["root"]).text
    #expect(text.contains("key \(old) is superseded here, and still signs root of \(other)"), "\(text)")
    #expect(!text.contains("key remove \(old)"), "\(text)")
    let there = try paste(
      desk, try command(after: "to replace it there, too: ", in: text), "--server \(desk.peer.address) --yes")
    #expect(there.status == 0, "\(there.errorText)")
    // Its own repository no longer names the key, nor does any other.
    let gone = try paste(desk, try command(after: "its file stays until ", in: there.text))
    #expect(gone.status == 0 && gone.text.contains("removed  \(old)"), "\(there.text)\(gone.errorText)")
  }

  @Test("A lost targets key: repair names the command with server and folder, and that mends it")
  func lostTargets() throws {
    let desk = try RotationDesk()
    let targets = try desk.serverKeys(.targets)[0]
    try desk.machine.remove(RotationDesk.trust + "/private/\(targets).key")
    let idle = try desk.repair(server(desk))
    #expect(idle.status == 0 && idle.text.contains("nothing to mend"))
    let line = try command(after: "takes its place by: ", in: idle.errorText)
    #expect(line.contains("--role targets") && line.contains("--server \(desk.peer.address)"), "\(line)")
    let ending = try desk.repair(["--within", "4y", "--role", "snapshot"] + server(desk))
    #expect(ending.status == 0 || ending.status == 11, "\(ending.errorText)")
    let mended = try paste(desk, line, "--yes")
    #expect(mended.status == 0 && mended.text.contains("read back"), "\(mended.errorText)")
    try desk.publish("v2")
    #expect(try OldReaders(desk).sees("v2"))
  }

  /// Checks that the command of each finding is one that is understood, and names what was given.
  private func checkFixes(_ desk: RotationDesk, _ words: [String] = [], has ids: [String]) throws {
    let doctor = try JSON.parse(try desk.doctor(server(desk) + words).output)
    let findings = doctor["findings"]?.array ?? []
    let found = findings.compactMap { $0["id"]?.string?.text }
    for id in ids { #expect(found.contains(id), "\(found)") }
    for finding in findings {
      guard let fix = finding["fix"]?.array?.compactMap(\.string?.text), fix.first == "keyreeve" else { continue }
      #expect(fix.contains("--trust-dir") && fix.contains("--sysroot"), "\(fix)")
      #expect(fix.contains("--server") == (fix[2] != "key" || fix[3] == "rotate"), "\(fix)")
      let isLooking = fix[2] == "inspect"
      let tried = try paste(desk, ShellText.line(fix)[...], isLooking ? "" : "--dry-run")
      #expect(tried.status == 0, "\(fix): \(tried.errorText)")
    }
  }

  @Test("What doctor says to mend a finding is a command that exists, with server and folder as they were given")
  func fixes() throws {
    let desk = try RotationDesk()
    try checkFixes(desk, ["--within", "40y"], has: ["expires-soon", "certificate-expires-soon"])
    #expect(try desk.rotate(["targets"]).status == 0)
    try checkFixes(desk, has: ["superseded-key"])
    let targets = try desk.serverKeys(.targets)[0]
    try desk.machine.remove(RotationDesk.trust + "/private/\(targets).key")
    try checkFixes(desk, has: ["missing-key"])
  }

  @Test("Without the root key no command is named that could not mend it")
  func helpless() throws {
    let desk = try RotationDesk()
    #expect(try desk.rotate(["snapshot", "--local"]).status == 0)
    for role in [RoleName.root, .targets] {
      let key = try desk.serverKeys(role)[0]
      try desk.machine.remove(RotationDesk.trust + "/private/\(key).key")
    }
    let idle = try desk.repair()
    #expect(idle.status == 0 && !idle.errorText.contains("--role targets"), "\(idle.errorText)")
    let ending = try desk.repair(["--within", "4y"])
    #expect(!ending.errorText.contains("--role targets"), "\(ending.errorText)")
  }

  @Test("A record of rotations that is damaged: what it is, that keys are safe, and the step that goes on")
  func damagedRecord() throws {
    let desk = try RotationDesk()
    try desk.machine.write(Self.record, Array("{".utf8))
    let refused = try desk.rotate(["targets"])
    #expect(refused.status == 1 && refused.errorText.contains("every key file is safe"), "\(refused.errorText)")
    #expect(!refused.errorText.contains("guards against older states"))
    let doctor = try desk.doctor()
    let tree = try JSON.parse(doctor.output)
    let finding = try #require(tree["findings"]?.array?.first { $0["id"]?.string?.text == "rotation-record" })
    let fix = (finding["fix"]?.array ?? []).compactMap(\.string?.text)
    #expect(fix.first == "mv", "\(doctor.text)")
    #expect(try paste(desk, ShellText.line(fix)[...]).status == 0)
    #expect(desk.machine.contents(Self.record + ".damaged") == Array("{".utf8))
    let looked = try desk.doctor()
    #expect(looked.status == 0, "\(looked.text)")
    #expect(try desk.rotate(["targets"]).status == 0)
  }
}

extension String {
  /// Where some words stand.
  fileprivate func range(of words: String) -> Range<String.Index>? {
    ranges(of: words).first
  }
}
