import Glibc
import OpenPGP
import TestSupport
import Testing
import TrustModel

/// P-46: nothing of the person's is read, nothing stays behind.
@Suite("What the engine leaves behind", .serialized)
struct EngineTracesTests {
  @Test("No home, no agent and no child of the judge is left")
  func nothingLeft() throws {
    let folder = try TemporaryDirectory()
    var made = try MadeCertificate.simple(.rsa(2048))
    try made.addSubkey(.ed25519())
    let certificate = try Certificate.read(made.octets)
    _ = try CertificateJudge(temporaryDirectory: folder.path).judge([certificate], at: Moment.now)
    #expect(try folder.list().isEmpty)
    let processes = try ChildProcess.run(["pgrep", "-f", folder.path])
    #expect(processes.text.isEmpty)
  }

  @Test("A second opinion leaves nothing either")
  func nothingLeftBySecondOpinion() throws {
    let folder = try TemporaryDirectory()
    try folder.mkdir("homes")
    let file = try SignedFile.signed()
    let descriptor = open(try folder.write("data", file.data), O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let opinions = try SecondOpinion(temporaryDirectory: folder.path + "/homes").verify(
      DetachedSignature.readAll(file.signatureFile), over: descriptor, by: Verification.certificates(of: file),
      at: Moment.now)
    #expect(opinions.map(\.status) == [.good])
    #expect(try folder.list("homes").isEmpty)
    #expect(try ChildProcess.run(["pgrep", "-f", folder.path]).text.isEmpty)
  }

  @Test("gpg is told a home of the judge's own, and sees nothing of the person's environment that steers it")
  func environment() throws {
    let folder = try TemporaryDirectory()
    try folder.mkdir("homes")
    let script = """
      #!/bin/sh
      case "$*" in *--version*) exec /usr/bin/gpg "$@";; esac
      { echo "ARGUMENTS $*"; env; } >> \(folder.path)/log
      exec /usr/bin/gpg "$@"
      """
    let gpg = try folder.write("gpg", Array(script.utf8), mode: 0o755)
    let certificate = try Certificate.read(MadeCertificate.simple(.ed25519()).octets)
    let judge = CertificateJudge(gpgPath: gpg, temporaryDirectory: folder.path + "/homes")
    #expect(try judge.judge([certificate], at: Moment.now).count == 1)
    let log = try ChildProcess.run(["cat", folder.path + "/log"]).text.split(separator: "\n")
    #expect(log.contains { $0.hasPrefix("ARGUMENTS") && $0.contains("--list-keys") })
    let homes = log.filter { $0.hasPrefix("GNUPGHOME=") }
    #expect(!homes.isEmpty)
    for home in homes { #expect(home.hasPrefix("GNUPGHOME=\(folder.path)/homes/keyreeve-gpg.")) }
    #expect(!log.contains { $0.hasPrefix("LD_") || $0.hasPrefix("GPG_AGENT_INFO=") })
  }

  @Test("Homes of processes that were killed are removed by the next judge, others are not")
  func leftovers() throws {
    let folder = try TemporaryDirectory()
    // No process has an id above the kernel's largest possible one.
    try folder.mkdir("keyreeve-gpg.4194305.AAAAAA")
    try folder.write("keyreeve-gpg.4194305.AAAAAA/keyring", [1])
    try folder.mkdir("keyreeve-gpg.1.BBBBBB")
    try folder.mkdir("other")
    let certificate = try Certificate.read(MadeCertificate.simple(.ed25519()).octets)
    _ = try CertificateJudge(temporaryDirectory: folder.path).judge([certificate], at: Moment.now)
    #expect(try folder.list() == ["keyreeve-gpg.1.BBBBBB", "other"])
  }
}
