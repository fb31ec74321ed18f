import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// `content refresh` on repositories in a folder.
@Suite("Timestamps of folders are renewed", .timeLimit(.minutes(5)))
struct RefreshTests {
  private static let day: Int64 = 86_400
  private static func past(_ days: Int64) -> Timestamp { FolderDesk.now.advanced(by: -days * day) }

  private func refresh(
    _ desk: FolderDesk, _ words: [String] = [], named: [String] = [FolderDesk.name], under tracer: [String] = [],
    variables: [String: String] = [:]
  ) throws -> ChildProcess.Outcome {
    try desk.run(
      ["content", "refresh"] + named + FolderDesk.server + ["--trust-on-first-use", "--json"] + words, under: tracer,
      variables: variables)
  }

  @Test(
    "Half of the life of a timestamp is the limit: nothing before it, a new one from it on, and always with --force")
  func half() throws {
    let rest = Renewal.timestampRest
    let (now, far) = (FolderDesk.now, FolderDesk.now.advanced(by: 1_000 * Self.day))
    func due(_ timestamp: Int64, _ snapshot: Timestamp) -> Renewal {
      Renewal(timestampEnds: now.advanced(by: timestamp), snapshotEnds: snapshot, at: now)
    }
    #expect(!due(rest + 1, far).isTimestampDue && due(rest, far).isTimestampDue && !due(rest, far).isSnapshotDue)
    let snapshotRest = Renewal.snapshotRest
    #expect(
      due(2 * rest, now.advanced(by: snapshotRest)).isSnapshotDue
        && due(2 * rest, now.advanced(by: snapshotRest)).isTimestampDue)
    #expect(!due(2 * rest, now.advanced(by: snapshotRest + 1)).isSnapshotDue)

    let desk = try FolderDesk()
    try desk.makeRepository(at: Self.past(6))
    let young = try refresh(desk)
    #expect(young.status == 0 && young.text.contains("\"action\": \"unchanged\""), "\(young.errorText)")
    let planned = try refresh(desk, ["--force", "--dry-run"])
    #expect(planned.status == 0 && planned.text.contains("planned"))
    #expect(try desk.read().trusted.timestamp?.head.version == 1)
    let forced = try refresh(desk, ["--force"])
    #expect(forced.status == 0 && forced.text.contains("\"action\": \"renewed\""), "\(forced.errorText)")
    #expect(try desk.read().trusted.timestamp?.head.version == 2 && desk.read().trusted.snapshot?.head.version == 1)
  }

  @Test("An expired timestamp is renewed, and an expired snapshot with it; --all takes every repository of the folder")
  func expired() throws {
    let desk = try FolderDesk()
    try desk.makeRepository(at: Self.past(20))
    #expect(throws: MetadataError.self) { try desk.read() }
    let renewed = try refresh(desk, ["--all"], named: [])
    #expect(renewed.status == 0 && renewed.text.contains("\"action\": \"renewed\""), "\(renewed.errorText)")
    let reading = try desk.read()
    #expect(reading.trusted.timestamp?.head.version == 2 && reading.trusted.snapshot?.head.version == 1)
    #expect(reading.trusted.timestamp.map { $0.head.expires > FolderDesk.now.advanced(by: 13 * Self.day) } == true)
    // What was learned is kept, as after every reading.
    let kept = desk.machine.contents("/home/.docker/trust/tuf/example.com/team/app/metadata/timestamp.json")
    #expect(kept == reading.trusted.timestamp?.octets)
    let old = try FolderDesk()
    try old.makeRepository(at: Self.past(3 * 365 - 100))
    #expect(try refresh(old).status == 0)
    #expect(try old.read().trusted.snapshot?.head.version == 2)
  }

  @Test("A folder whose every role but the root has expired is diagnosed, and repaired with the keys at hand")
  func repaired() throws {
    let desk = try FolderDesk()
    try desk.makeRepository(at: Self.past(4 * 365))
    let common = FolderDesk.server + ["--trust-on-first-use"]
    let refused = try desk.run(["content", "list", FolderDesk.name] + common)
    #expect(refused.status == 16 && refused.errorText.contains("keyreeve content repair"), "\(refused.errorText)")
    let found = try desk.run(["content", "doctor", FolderDesk.name] + common)
    #expect(found.status == 4 && found.text.contains("timestamp metadata"), "\(found.text)\(found.errorText)")
    let mended = try desk.run(["content", "repair", FolderDesk.name, "--yes"] + common)
    #expect(mended.status == 0, "\(mended.errorText)")
    #expect(try desk.read().roles[0].document.head.version == 2)
    // A timestamp alone comes back with a new snapshot.
    let young = try FolderDesk()
    try young.makeRepository(at: Self.past(20))
    #expect(try young.run(["content", "repair", FolderDesk.name, "--yes"] + common).status == 0)
    #expect(try young.read().trusted.snapshot?.head.version == 2)
  }

  @Test("Expired targets are not covered up by a new timestamp; a server is not renewed; an empty folder has nothing")
  func notRenewed() throws {
    let desk = try FolderDesk()
    try desk.makeRepository(at: Self.past(4 * 365))
    let before = desk.machine.contents(FolderDesk.tree + "/timestamp.json")
    let refused = try refresh(desk)
    #expect(refused.status == 16 && refused.errorText.contains("expired"), "\(refused.errorText)")
    #expect(desk.machine.contents(FolderDesk.tree + "/timestamp.json") == before)
    let server = try desk.run(["content", "refresh", FolderDesk.name, "--server", "https://localhost:1"])
    #expect(server.status == 2 && server.errorText.contains("by itself"), "\(server.errorText)")
    let unknown = try refresh(desk, named: ["example.com/other"])
    #expect(unknown.status == 10, "\(unknown.errorText)")
    #expect(try desk.run(["content", "refresh"]).status == 2)
    #expect(try desk.run(["content", "refresh", "--all"]).status == 2)
  }

  @Test("An older state that somebody puts into the folder gets no new timestamp")
  func rolledBack() throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    let tree = desk.machine.located(FolderDesk.tree)
    _ = try ChildProcess.run(["cp", "-a", tree, tree + ".old"])
    try desk.sign("v2")
    #expect(try refresh(desk, ["--force"]).status == 0)
    _ = try ChildProcess.run(["sh", "-c", "rm -r \"$1\" && mv \"$1.old\" \"$1\"", "sh", tree])
    let refused = try refresh(desk, ["--force"])
    #expect(refused.status == 16, "\(refused.text) \(refused.errorText)")
    #expect(try desk.read().trusted.timestamp?.head.version == 1)
  }

  @Test("The passphrase comes from the credentials of a service or a descriptor; without it nothing is changed")
  func passphrase() throws {
    let desk = try FolderDesk(passphrase: "timestamp passphrase")
    try desk.makeRepository(at: Self.past(10))
    let locked = try refresh(desk)
    #expect(locked.status == 1 && locked.errorText.contains("passphrase"), "\(locked.errorText)")
    #expect(try desk.read().trusted.timestamp?.head.version == 1)
    try desk.machine.write("/credentials/content-trust.timestamp", Array("timestamp passphrase\n".utf8), mode: 0o600)
    let folder = ["CREDENTIALS_DIRECTORY": desk.machine.located("/credentials")]
    #expect(try refresh(desk, variables: folder).status == 0)
    #expect(try desk.read().trusted.timestamp?.head.version == 2)
    let given = try refresh(
      desk, ["--force", "--passphrase-fd", "7"],
      under: ["bash", "-c", "exec \"$@\" 7<<<'timestamp passphrase'", "bash"])
    #expect(given.status == 0, "\(given.errorText)")
    #expect(try desk.read().trusted.timestamp?.head.version == 3)
    #expect(try refresh(desk, ["--force", "--passphrase-fd", "9"]).status == 2)
  }

  @Test("The units name the folder and the keys, hold no secret, and systemd takes them")
  func units() throws {
    let folder = try TemporaryDirectory()
    let trust = try folder.mkdir("trust")
    guard let program = BuiltProgram.path("keyreeve") else { throw NotaryPeer.Failure.failed("no keyreeve") }
    let outcome = try ChildProcess.run(
      [
        program, "content", "refresh", "--print-unit", FolderDesk.name, "--server", "file:///srv/a%20b%25c",
        "--trust-dir",
        trust,
      ], environment: ChildProcess.cleanEnvironment.merging(["HOME": folder.path]) { $1 })
    #expect(outcome.status == 0, "\(outcome.errorText)")
    var files: [String: [Substring]] = [:]
    var name = ""
    for line in outcome.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("# /etc/systemd/system/") { name = String(line.split(separator: "/").last ?? "") }
      files[name, default: []].append(line)
    }
    #expect(
      Set(files.keys) == [
        "keyreeve-refresh-example.com-team-app.service", "keyreeve-refresh-example.com-team-app.timer",
      ])
    var paths: [String] = []
    for (name, lines) in files { paths.append(try folder.write(name, Array(lines.joined(separator: "\n").utf8))) }
    #expect(
      outcome.text.contains("LoadCredentialEncrypted=content-trust.timestamp")
        && outcome.text.contains("PrivateNetwork=yes"))
    #expect(outcome.text.contains(#"ReadWritePaths="/srv/a b%%c""#), "\(outcome.text)")
    let verified = try ChildProcess.run(["systemd-analyze", "verify", "--man=no"] + paths)
    #expect(verified.status == 0 && verified.errorText.isEmpty, "\(verified.text)\(verified.errorText)")
  }
}
