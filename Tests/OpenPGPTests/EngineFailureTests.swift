import Glibc
import OpenPGP
import TestSupport
import Testing
import TrustModel

/// P-42: gpg missing, dying, lying.
///
/// Nothing that it fails to say is ever taken for a yes.
@Suite("An engine that fails", .serialized)
struct EngineFailureTests {
  struct FakeEngine: Sendable, CustomTestStringConvertible {
    let name: String
    /// What a shell script does instead of gpg; `$1` and so on are gpg's arguments.
    let script: String
    var testDescription: String { name }

    init(_ name: String, _ script: String) { (self.name, self.script) = (name, script) }
  }

  static let everywhere = [
    FakeEngine("ends with 2", "exit 2"), FakeEngine("ends with 0 and says nothing", "exit 0"),
    FakeEngine("is killed", "kill -9 $$"), FakeEngine("prints garbage", "head -c 10000 /dev/urandom"),
    FakeEngine("prints a line of ten million characters", "head -c 10000000 /dev/zero | tr '\\0' x"),
    FakeEngine("cannot be executed as a program", "\u{7f}ELF"),
  ]

  static let listings = [
    FakeEngine("dies before the listing", passing("--list-keys|--list-sigs", "kill -9 $$")),
    FakeEngine("lists nothing", passing("--list-keys|--list-sigs", "exit 0")),
    FakeEngine("lists a strange key", passing("--list-keys|--list-sigs", strangeListing)),
    FakeEngine("lists the key twice", passing("--list-keys|--list-sigs", "\(real) \"$@\"; \(real) \"$@\"")),
    FakeEngine("cuts the listing short", passing("--list-keys|--list-sigs", "\(real) \"$@\" | head -c 20")),
  ]

  static let verifications = [
    FakeEngine(
      "says a good signature without proof", passing("--verify", "\(status) GOODSIG 0123456789ABCDEF x\" >&$fd")),
    FakeEngine(
      "is killed between the good signature and its proof",
      passing("--verify", "\(status) NEWSIG\n[GNUPG:] GOODSIG 0123456789ABCDEF x\" >&$fd; kill -9 $$")),
    FakeEngine("verifies and says nothing", passing("--verify", "exit 0")),
    FakeEngine(
      "reports more signatures than asked",
      passing("--verify", "\(real) \"$@\"; \(status) NEWSIG\n[GNUPG:] GOODSIG 0123456789ABCDEF x\" >&$fd")),
  ]

  @Test("A judge with such an engine throws", arguments: everywhere + listings)
  func judging(engine: FakeEngine) throws {
    let folder = try TemporaryDirectory()
    let gpg = try folder.write("gpg", Array("#!/bin/sh\n\(engine.script)\n".utf8), mode: 0o755)
    let certificate = try Certificate.read(MadeCertificate.simple(.ed25519()).octets)
    #expect(throws: EngineError.self) {
      try CertificateJudge(gpgPath: gpg, temporaryDirectory: folder.path).judge([certificate], at: Moment.now)
    }
    #expect(try folder.list() == ["gpg"])
  }

  @Test("An engine that hangs is ended", .timeLimit(.minutes(1)))
  func hanging() throws {
    let folder = try TemporaryDirectory()
    let script = "#!/bin/sh\n" + Self.passing("--list-keys|--list-sigs", "exec sleep 300") + "\n"
    let gpg = try folder.write("gpg", Array(script.utf8), mode: 0o755)
    let certificate = try Certificate.read(MadeCertificate.simple(.ed25519()).octets)
    let judge = CertificateJudge(gpgPath: gpg, temporaryDirectory: folder.path, patience: 1)
    #expect(throws: EngineError.self) { try judge.judge([certificate], at: Moment.now) }
    #expect(try folder.list() == ["gpg"])
  }

  @Test("A second opinion of such an engine is never good", arguments: everywhere + verifications)
  func secondOpinion(engine: FakeEngine) throws {
    let folder = try TemporaryDirectory()
    let gpg = try folder.write("gpg", Array("#!/bin/bash\n\(engine.script)\n".utf8), mode: 0o755)
    let file = try SignedFile.signed()
    let descriptor = open(try folder.write("data", file.data), O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let signatures = try DetachedSignature.readAll(file.signatureFile)
    let opinion = SecondOpinion(gpgPath: gpg, temporaryDirectory: folder.path)
    do throws(EngineError) {
      let opinions = try opinion.verify(
        signatures, over: descriptor, by: Verification.certificates(of: file), at: Moment.now)
      #expect(!opinions.contains { $0.status == .good })
    } catch {
      #expect(!error.description.isEmpty)
    }
    #expect(try folder.list() == ["data", "gpg"])
  }

  @Test("A gpg that is not there is missing; a relative path is none")
  func missing() throws {
    let certificate = try Certificate.read(MadeCertificate.simple(.ed25519()).octets)
    #expect(throws: EngineError.missing) {
      try CertificateJudge(gpgPath: "/nonexistent/gpg").judge([certificate], at: Moment.now)
    }
    #expect(throws: EngineError.self) {
      try CertificateJudge(gpgPath: "gpg").judge([certificate], at: Moment.now)
    }
  }

  @Test("A temporary directory that is not there, or cannot be written, is named")
  func noHome() throws {
    let certificate = try Certificate.read(MadeCertificate.simple(.ed25519()).octets)
    do throws(EngineError) {
      _ = try CertificateJudge(temporaryDirectory: "/nonexistent").judge([certificate], at: Moment.now)
      Issue.record("judged without a home")
    } catch {
      guard case .noHome(let reason) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(reason.contains("/nonexistent"))
    }
  }

  private static let real = "/usr/bin/gpg"

  /// Lets the real gpg answer all but the calls with one of those options.
  private static func passing(_ options: String, _ instead: String) -> String {
    """
    fd=1
    take=
    for word in "$@"; do
      if [ -n "$next" ]; then fd=$word; next=; fi
      case $word in --status-fd) next=1;; \(options)) take=1;; esac
    done
    if [ -n "$take" ]; then \(instead); exit; fi
    exec \(real) "$@"
    """
  }

  private static let status = "printf '%b\\n' \"[GNUPG:]"

  private static let strangeListing =
    "echo 'pub:-:255:22:0123456789ABCDEF:1577836800:::-:::scSC:::::ed25519:::0:'; "
    + "echo 'fpr:::::::::00112233445566778899AABB0123456789ABCDEF:'"
}
