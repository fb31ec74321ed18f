import Glibc
import TestSupport
import Testing
import TrustModel

@Suite("The image file itself", .timeLimit(.minutes(2)))
struct ImageFileTests {
  @Test("What is no regular file is neither waited for nor judged", arguments: ["FIFO", "directory", "device"])
  func special(kind: String) throws {
    let scene = try ReasonTests.held()
    try scene.machine.remove("/image.aci")
    switch kind {
    case "FIFO": try scene.machine.makeFIFO("/image.aci")
    case "directory": try scene.machine.makeDirectory("/image.aci")
    default: try scene.machine.link("/image.aci", to: "/dev/zero")
    }
    #expect(try scene.verdict().outcome == .undetermined)
  }

  @Test("A link to an image is the user's own way of naming it; a dangling one names none")
  func link() throws {
    let scene = try ReasonTests.held()
    #expect(rename(scene.image, scene.machine.located("/real.aci")) == 0)
    try scene.machine.link("/image.aci", to: "real.aci")
    #expect(try scene.reason() == .accepted)
    try scene.machine.remove("/real.aci")
    #expect(try scene.reason() == .notFound)
  }

  @Test("An image that is written to meanwhile is never accepted, even with the octets it has")
  func rewritten() throws {
    let scene = try ReasonTests.held()
    let path = scene.image
    let first = MadeImage.usual[0]
    try OwnThread.during {
      for _ in 0..<10 {
        let verdict = try scene.verdict()
        #expect(verdict.outcome == .undetermined, "\(verdict.message)")
      }
    } repeat: {
      let file = open(path, O_WRONLY | O_CLOEXEC)
      var octet = first
      _ = pwrite(file, &octet, 1, 0)
      close(file)
      usleep(500)
    }
    #expect(try scene.reason() == .accepted)
  }

  @Test("An image that grows and shrinks meanwhile is never accepted unless it is what was signed")
  func appended() throws {
    let scene = try ReasonTests.held(.fit(), of: MadeImage(size: 1 << 20).octets)
    let path = scene.image
    let size = off_t(MadeImage(size: 1 << 20).octets.count)
    try OwnThread.during {
      for _ in 0..<20 {
        let verdict = try scene.verdict()
        // The moment between two writes can be long enough only where the file was whole all the time.
        #expect(verdict.reason == .failed || verdict.reason == .tampered || verdict.reason == .malformed)
      }
    } repeat: {
      let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
      _ = write(file, "x", 1)
      usleep(300)
      ftruncate(file, size)
      close(file)
    }
  }

  @Test(
    "Nothing of an image is inflated before its signer is established",
    arguments: ["unknown", "disabled", "expired", "bad", "unsigned"])
  func bomb(signer kind: String) throws {
    let scene = try Scene(image: Self.bomb.get())
    let signer =
      switch kind {
      case "expired": try Signer.expired()
      case "bad": try Signer.fit().signing { $0.damage = .numbers }
      default: try Signer.fit()
      }
    if kind != "unsigned" { try scene.sign([signer]) }
    if kind != "unknown" { try scene.trust(signer) }
    if kind == "disabled" { try scene.machine.mask(signer.fingerprint) }
    let reasons: [String: Reason] = [
      "unknown": .untrusted, "disabled": .disabled, "expired": .unfit, "bad": .tampered, "unsigned": .unsigned,
    ]
    var reason: Reason?
    let time = try ProcessorTime.measure { reason = try scene.reason() }
    #expect(reason == reasons[kind])
    #expect(time < .seconds(2))
  }

  @Test("Of a trusted signer's image no more is inflated than the limits allow")
  func trustedBomb() throws {
    let scene = try ReasonTests.held(.fit(), of: try ChildProcess.run(["sh", "-c", Self.zeros]).output)
    #expect(try scene.reason() == .malformed)
  }

  private static let zeros = "head -c 100000000 /dev/zero | gzip -9"

  /// Two hundred streams of 100 MB each, in 20 MB.
  private static let bomb = Result {
    try ChildProcess.run([
      "sh", "-c", "f=$(mktemp); \(zeros) >$f; for i in $(seq 200); do cat $f; done; rm $f",
    ]).output
  }
}
