import Glibc
import OpenPGP
import TestSupport
import Testing
import TrustModel

@Suite("GnuPG as judge and as second reader")
struct SecondOpinionTests {
  @Test("It agrees where a signature is good, and the verdict says so", arguments: [nil, "example.com/hello"])
  func agrees(reference: String?) throws {
    let scene = try ReasonTests.held()
    let verdict = try scene.verdict(as: reference, secondOpinion: true)
    #expect(verdict.isAccepted, "\(verdict.message)")
    #expect(verdict.notes == ["second opinion: GnuPG says good"])
    #expect(try scene.verdict(as: reference).notes.isEmpty)
  }

  @Test("It reads the data from the beginning, whatever was read before", arguments: [1, 300_000, 3_000_000])
  func largeImages(size: Int) throws {
    let scene = try ReasonTests.held(.fit(), of: MadeImage(size: size).octets)
    #expect(try scene.verdict(secondOpinion: true).isAccepted)
  }

  @Test("Refusals stay what they are")
  func refusals() throws {
    let shapes: [(Reason, Scene)] = [
      (.tampered, try ReasonTests.held { $0.damage = .numbers }), (.unfit, try ReasonTests.held(.expired())),
      (.untrusted, try Scene(signedBy: .fit())),
    ]
    for (reason, scene) in shapes { #expect(try scene.verdict(secondOpinion: true).reason == reason) }
  }

  @Test("Where the two differ, nothing can be said: a subkey bound over SHA-1")
  func differs() throws {
    let key = try MadeKey.ed25519()
    var certificate = try MadeCertificate.simple(.ed25519())
    try certificate.addSubkey(key, .binding().with { $0.hash = .sha1 })
    let scene = try ReasonTests.held(Signer(key: key, certificate: certificate))
    #expect(try scene.verdict().isAccepted)
    let verdict = try scene.verdict(secondOpinion: true)
    #expect(verdict.outcome == .undetermined)
    #expect(verdict.message.contains("GnuPG"))
  }

  static let scripts = [
    "exit 2", "exit 0", "kill -9 $$", "head -c 10000 /dev/urandom", "echo 'tru::1:1:1:1:1:1'; exit 0",
  ]

  @Test("A gpg that fails to judge leaves nothing accepted, and unknown signers unknown", arguments: scripts)
  func failingJudge(script: String) throws {
    let scene = try ReasonTests.held()
    try scene.machine.write("/gpg", Array("#!/bin/sh\n\(script)\n".utf8), mode: 0o755)
    let judge = CertificateJudge(gpgPath: scene.machine.located("/gpg"))
    for reference in [nil, "example.com/hello"] {
      #expect(try scene.verdict(as: reference, judge: judge).outcome == .undetermined)
    }
    #expect(try scene.verdict(judge: CertificateJudge(gpgPath: "/nonexistent/gpg")).outcome == .undetermined)
    try scene.sign([.fit()])
    #expect(try scene.verdict(judge: judge).reason == .untrusted)
  }

  /// What a gpg does that is honest about keys and lies about data.
  static let liars = [
    "exit 0", "exit 2", "kill -9 $$", "printf '[GNUPG:] NEWSIG\\n[GNUPG:] BADSIG 1 x\\n' >&$fd; exit 1",
  ]

  @Test("A second reader that lies or dies makes an accepted image undecided", arguments: liars)
  func lyingReader(script: String) throws {
    let program = try #require(BuiltProgram.path("keyreeve-verify"))
    // The system's gpg is replaced in a mount namespace of its own, which only root can have.
    guard geteuid() == 0 else { return }
    let scene = try ReasonTests.held()
    let fake = """
      #!/bin/bash
      fd=1
      for word in "$@"; do
        if [ -n "$next" ]; then fd=$word; next=; fi
        case $word in --status-fd) next=1;; --verify) lie=1;; esac
      done
      if [ -n "$lie" ]; then \(script); exit; fi
      exec \(scene.machine.located("/real-gpg")) "$@"
      """
    try scene.machine.write("/fake-gpg", Array(fake.utf8), mode: 0o755)
    func reason(fake isFake: Bool) throws -> String {
      let mount = isFake ? "cp /usr/bin/gpg \"$1/real-gpg\" && mount --bind \"$1/fake-gpg\" /usr/bin/gpg && " : ""
      let outcome = try ChildProcess.run([
        "unshare", "--mount", "sh", "-c",
        mount + "exec \"$2\" verify --json --second-opinion --sysroot \"$1\" \"$3\"", "sh", scene.machine.path, program,
        scene.image,
      ])
      return outcome.text.contains(#""reason": "accepted""#) || outcome.status == 0 ? "accepted" : "\(outcome.status)"
    }
    #expect(try reason(fake: false) == "accepted")
    #expect(try reason(fake: true) == "1")
  }
}
