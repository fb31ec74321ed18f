import FuzzTargets
import TestSupport
import Testing

/// The targets of `make fuzz` over good input that was changed at random, the same way in every run.
@Suite("Changed input")
struct FuzzTests {
  /// SplitMix64: the same octets in every run.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  private static func changed(_ octets: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var octets = octets
    for _ in 0..<Int.random(in: 1...3, using: &random) where octets.count > 2 {
      let place = Int.random(in: 0..<octets.count, using: &random)
      let end = min(octets.count, place + Int.random(in: 1...16, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: octets[place] = UInt8.random(in: 0...255, using: &random)
      case 1: octets.removeSubrange(place..<end)
      case 2: octets.insert(contentsOf: octets[place..<end], at: place)
      default: octets[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
    }
    return octets
  }

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
    var random = Seeded(state: 5)
    for (target, seed) in try Self.seeds() {
      #expect(target.run(seed), "\(target)")
      var refused = 0
      for _ in 0..<400 where !target.run(Self.changed(seed, &random)) { refused += 1 }
      #expect((40...400).contains(refused), "\(target): \(refused)")
    }
  }
}
