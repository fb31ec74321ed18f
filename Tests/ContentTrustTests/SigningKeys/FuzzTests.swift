import FuzzTargets
import TestSupport
import Testing

/// The targets of `make fuzz` over good input that was changed at random, the same way in every run.
@Suite("Changed input")
struct FuzzTests {
  /// Good input of each kind, as the real programs make it.
  private static func seeds() throws -> [(FuzzTarget, [UInt8])] {
    let peer = try NotaryPeer()
    try peer.makeRepository("example.com/team/app", targets: ["v1"])
    let key = try peer.makeDelegationKey("alice")
    func octets(_ line: String) throws -> [UInt8] { try ChildProcess.run(["sh", "-c", line]).output }
    let metadata = peer.trustFolder + "/tuf/example.com/team/app/metadata"
    return [
      (.json, try octets("cat \(metadata)/targets.json")), (.metadata, try octets("cat \(metadata)/root.json")),
      (.metadata, try octets("cat \(metadata)/targets.json")), (.certificate, try octets("cat \(key.certificate)")),
      (.certificate, try octets("openssl x509 -in \(key.certificate) -outform DER")),
      (.pem, try octets("cat \(key.key)")),
      (.pem, try octets("openssl pkey -in \(key.key) -outform DER")),
      (.pem, try octets("openssl pkcs8 -topk8 -in \(key.key) -passout pass:x -outform DER")),
      (.pem, try octets("cat $(ls \(peer.trustFolder)/private/*.key | head -n 1)")),
    ]
  }

  @Test("Good input is taken; changed input is taken or refused, and nothing breaks")
  func changes() throws {
    var random = SeededRandom(5)
    for (target, seed) in try Self.seeds() {
      #expect(target.run(seed), "\(target)")
      var refused = 0
      for _ in 0..<400 {
        let changed = random.change(seed, changes: 3) { octets, place, random in
          octets[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        if !target.run(changed) { refused += 1 }
      }
      #expect((40...400).contains(refused), "\(target): \(refused)")
    }
  }
}
