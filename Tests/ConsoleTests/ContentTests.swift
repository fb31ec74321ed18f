@testable import Console
import ContentTrust
import ExampleMachine
import Fetch
import Glibc
import Screen
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

/// Repositories of content trust in the console, made by the real notary on a real server.
@Suite("Content trust in the console")
struct ContentTests {
  private typealias Step = ScriptedTerminal.Step

  private static let name = "example.com/team/app"
  private static let open: [Step] = Steps.type("g6") + [.until("kept in")]

  /// Reads from notary's own folder and asks its server, as the program does.
  private static func access(_ peer: NotaryPeer, folder: String? = nil) throws -> ContentAccess {
    let folder = TrustFolder(sysroot: .machine, path: folder ?? peer.trustFolder)
    let server = try NotaryServer(peer.address)
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    let reached = settings
    return ContentAccess(
      folder: folder.path, repositories: { try folder.repositories() }, keys: { try SigningKeySurvey(folder) }
    ) { repository, asks, agreed in
      let (kept, now) = (KeptMetadata(repository, in: folder), Timestamp(seconds: Int64(time(nil))))
      guard asks else {
        return (try RepositoryReader.offline(repository, from: kept, pins: TrustPins(), at: now).read(), nil)
      }
      let client = MetadataClient(server, for: repository, with: Fetcher(reached))
      var offered: FirstUseOffer?
      let reader = RepositoryReader(
        repository, from: kept, pins: TrustPins(), at: now,
        agrees: { root in
          let offer = FirstUseOffer(root, of: repository, from: .server(server))
          offered = offer.identity == agreed ? nil : offer
          return offered == nil
        }
      ) { client.answer($0) }
      do {
        return (try reader.read(), .server(server))
      } catch {
        throw offered ?? error
      }
    }
  }

  /// A repository with two tags, read once by notary so that it is kept.
  private static func peer() throws -> NotaryPeer {
    let peer = try NotaryPeer()
    try peer.makeRepository(name, targets: ["v1", "v2"])
    try peer.notary(["list", name])
    return peer
  }

  @Test("The list shows tags, signers and the end; Enter shows roles, keys by both names, where they are, and the tags")
  func repository() async throws {
    let peer = try Self.peer()
    let run = try await ConsoleRun(
      Self.open + [.picture("list"), .enter, .until("ROOT"), .picture("repository")] + Steps.type("G")
        + [.until("TAGS"), .picture("tags")], size: FrameTests.large, content: try Self.access(peer))
    let list = run.picture("list").text()
    #expect(list.contains("1 repository kept in") && list.contains("3 private keys"))
    #expect(list.contains("+ \(Self.name)") && list.contains("targets"))
    let text = run.picture("repository").text()
    let survey = try SigningKeySurvey(TrustFolder(sysroot: .machine, path: peer.trustFolder))
    let root = try #require(survey.keys.first { $0.role == "root" })
    for words in ["trusted before, and kept", "\(try #require(root.id))", "in metadata", "is here, encrypted"] {
      #expect(text.contains(words), "\(words): \(text)")
    }
    #expect(run.picture("tags").text().contains("v2           sha256:"))
  }

  @Test("docker:// names are explained: a tag that is signed, one that is not, and what would change it")
  func explain() async throws {
    let peer = try Self.peer()
    defer { withExtendedLifetime(peer) {} }
    let access = try Self.access(peer)
    func ask(_ tag: String) -> [Step] {
      Steps.type("x") + [.event(.key(.control("u")))] + Steps.type("docker://\(Self.name):\(tag)") + [
        .enter, .until("RESULT"),
      ]
    }
    let signed = try await ConsoleRun(ask("v1"), content: access).frame.text()
    #expect(signed.contains("accepted") && signed.contains("targets signs it") && signed.contains("Digest"))
    let unsigned = try await ConsoleRun(ask("v9"), content: access).frame.text()
    #expect(unsigned.contains("refused (unsigned)") && unsigned.contains("WHAT WOULD CHANGE IT"))
    let wrong = try await ConsoleRun(
      Steps.type("x") + [.event(.key(.control("u")))] + Steps.type("docker://a//b:1") + [.enter, .perhaps("part")],
      content: access)
    #expect(!wrong.frame.text().contains("RESULT"))
    let line = try await ConsoleRun(
      Steps.type(":explain docker://\(Self.name):v2") + [.enter, .until("RESULT")], content: access)
    #expect(line.frame.text().contains("accepted"))
  }

  @Test("a asks the server: a tag that was signed since is there; a server that is gone leaves what was kept in view")
  func asks() async throws {
    var peer: NotaryPeer? = try Self.peer()
    let access = try Self.access(try #require(peer))
    let folder = try #require(peer).trustFolder
    try peer?.add("v3", to: Self.name)
    // Publishing keeps nothing of the new state: only asking shows it.
    try peer?.notary(["publish", Self.name])
    let run = try await ConsoleRun(
      Self.open + [.enter, .until("ROOT")] + Steps.type("a") + [.until("from https://")] + Steps.type("G")
        + [.until("v3 ")], size: FrameTests.large, content: access)
    #expect(run.frame.text().contains("v3           sha256:"))
    let copy = try TemporaryDirectory(prefix: "kr-trust")
    #expect(try ChildProcess.run(["cp", "-a", folder, copy.path + "/trust"]).status == 0)
    let kept = TrustFolder(sysroot: .machine, path: copy.path + "/trust")
    peer = nil
    let gone = ContentAccess(
      folder: kept.path, repositories: { try kept.repositories() }, keys: { try SigningKeySurvey(kept) }
    ) { repository, asks, _ in
      guard !asks else { throw MetadataError(.root, .unreachable("refused")) }
      let now = Timestamp(seconds: Int64(time(nil)))
      let metadata = KeptMetadata(repository, in: kept)
      return (try RepositoryReader.offline(repository, from: metadata, pins: TrustPins(), at: now).read(), nil)
    }
    let after = try await ConsoleRun(
      Self.open + [.enter, .until("ROOT")] + Steps.type("a") + [.until("PROBLEM")], content: gone)
    #expect(after.frame.text().contains("refused") && after.frame.text().contains("ROOT"))
  }

  @Test(
    "Private keys: for which role, where, and that of a role whose key is gone", arguments: [FrameTests.large, .full])
  func keys(size: Size) async throws {
    let peer = try Self.peer()
    let survey = try SigningKeySurvey(TrustFolder(sysroot: .machine, path: peer.trustFolder))
    let targets = try #require(survey.keys.first { $0.role == "targets" })
    #expect(unlink(targets.file) == 0)
    let run = try await ConsoleRun(
      Self.open + Steps.type("p") + [.until("private keys in")], size: size, content: try Self.access(peer))
    let text = run.frame.text()
    for words in ["root", "here, encrypted", "timestamp", "by the server", "- targets", "NOT HERE"] {
      #expect(text.contains(words), "\(words): \(text)")
    }
  }

  @Test("A repository that was never seen is named, and its server's answer is shown; nothing kept is said so")
  func another() async throws {
    let peer = try NotaryPeer()
    let access = try Self.access(peer)
    let run = try await ConsoleRun(
      Steps.type("g6") + [.until("Nothing is kept here yet"), .picture("none")] + Steps.type("/example.com/none")
        + [.enter, .until("PROBLEM")], content: access)
    #expect(run.picture("none").text().contains("0 repositories kept in"))
    let wrong = try await ConsoleRun(
      Steps.type("g6") + [.until("Nothing is kept")] + Steps.type("/a//b") + [.enter, .perhaps("part")],
      content: access)
    #expect(wrong.frame.text().contains("a//b") && !wrong.frame.text().contains("PROBLEM"))
  }

  @Test(
    "A root that is new here is trusted by its button alone, with both names of its key; Cancel and Esc leave nothing")
  func firstUse() async throws {
    let peer = try NotaryPeer()
    try peer.makeRepository(Self.name, targets: ["v1"])
    let empty = try TemporaryDirectory()
    let access = try Self.access(peer, folder: empty.path)
    let ask: [Step] =
      Steps.type("g6") + [.until("kept in")] + Steps.type("/") + Steps.type(Self.name) + [
        .enter, .until("Trust the root"), .picture("question"),
      ]
    for end in [[Step.enter], [.escape]] {
      let refused = try await ConsoleRun(ask + end + [.until("Nothing was trusted")], content: access)
      #expect(!refused.frame.text().contains("v1 "))
    }
    let run = try await ConsoleRun(
      ask + [.tab, .enter, .until("trusted on first use")], size: FrameTests.large, content: access)
    let question = run.picture("question").text()
    let survey = try SigningKeySurvey(TrustFolder(sysroot: .machine, path: peer.trustFolder))
    let root = try #require(survey.keys.first { $0.role == "root" }?.id)
    for words in ["\(root)", "IN ROOT", "[ Trust ]", peer.address, "COMPARE"] {
      #expect(question.contains(words), "\(words): \(question)")
    }
    // Keys that nobody has agreed to are offered, never taken.
    #expect(throws: FirstUseOffer.self) { try access.read(try Repository(Self.name), true, "other keys") }
  }

  @Test("/ finds any of 50,000 tags by a part of its name, and Esc shows them all again")
  func search() async throws {
    let search = SearchText((0..<50_000).map { "build-\($0)-END" })
    #expect((0..<50_000).filter { search.contains(Array("-49999-end".utf8), row: $0) } == [49_999])
    let peer = try Self.peer()
    let run = try await ConsoleRun(
      Self.open + [.enter, .until("ROOT")] + Steps.type("/V2") + [
        .until("1 of 2 tags have V2"), .picture("found"), .escape, .until("ROOT"),
      ], content: try Self.access(peer))
    let found = run.picture("found").text()
    #expect(found.contains("v2           sha256:") && !found.contains("v1           sha256:"), "\(found)")
  }

  @Test("What is kept and has expired does not count, and says why")
  func broken() async throws {
    let peer = try Self.peer()
    let file = "\(peer.trustFolder)/tuf/\(Self.name)/metadata/targets.json"
    #expect(truncate(file, 100) == 0)
    let run = try await ConsoleRun(Self.open, size: FrameTests.large, content: try Self.access(peer))
    let text = run.frame.text()
    #expect(text.contains("- \(Self.name)") && text.contains("does not count"), "\(text)")
  }
}
