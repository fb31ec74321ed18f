import TestSupport
import TrustModel

extension SignatureCase {
  private static let anyGood = Difference(sqop: true, reason: "sqop is content with one good signature among bad ones")
  private static let known = Difference(
    sqop: true, reason: "sqop is content with one good signature among unknown ones")

  /// Several signatures in one file: each has its own report, whatever the order.
  static let several: [SignatureCase] = [
    SignatureCase("P-07", "two good by different keys", .reports([.good, .good])) { try pair(.good, .good) },
    SignatureCase("P-06", "good, then bad", .reports([.good, .bad]), anyGood) { try pair(.good, .bad) },
    SignatureCase("P-06", "bad, then good", .reports([.bad, .good]), anyGood) { try pair(.bad, .good) },
    SignatureCase("P-06", "good, then unknown", .reports([.good, .unknownKey]), known) { try pair(.good, .unknownKey) },
    SignatureCase("P-06", "unknown, then good", .reports([.unknownKey, .good]), known) { try pair(.unknownKey, .good) },
    SignatureCase("P-07", "as many good ones as the limit allows", .reports(.init(repeating: .good, count: 32))) {
      try many(32, damage: nil)
    },
    SignatureCase(
      "P-07", "one good one more than the limit", .refusedFile,
      Difference(gpgv: true, sqop: true, reason: "a limit of ours")
    ) {
      try many(33, damage: nil)
    },
    SignatureCase("P-08", "a thousand bad ones", .refusedFile) { try many(1000, damage: .numbers) },
  ]

  private static func pair(_ first: SignatureReport.Status, _ second: SignatureReport.Status) throws -> SignedFile {
    var file = SignedFile(keyFiles: [], signatureFile: [])
    var packets: [UInt8] = []
    for status in [first, second] {
      let key = try MadeKey.ed25519()
      if status != .unknownKey { file.keyFiles.append(try MadeCertificate.simple(key).octets) }
      let recipe = MadeSignature.detached.with { $0.damage = status == .bad ? .numbers : nil }
      packets += try recipe.packet(by: key, over: .data(file.data))
    }
    file.signatureFile = MadeArmor.signature.wrap(packets)
    return file
  }

  private static func many(_ count: Int, damage: MadeSignature.Damage?) throws -> SignedFile {
    let key = try MadeKey.ed25519()
    var file = try SignedFile.signed(by: key)
    let packet = try MadeSignature.detached.with { $0.damage = damage }.packet(by: key, over: .data(file.data))
    file.signatureFile = (0..<count).flatMap { _ in packet }
    return file
  }
}
