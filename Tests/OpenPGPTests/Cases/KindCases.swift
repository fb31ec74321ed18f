import TestSupport
import TrustModel

extension SignatureCase {
  private static let text = Difference(
    gpgv: true, sqop: true, gpgme: true, reason: "a text signature leaves line ends open; an image has none to spare")
  private static let old = Difference(
    gpgv: true, reason: "version 3 has no signed subpackets; nothing makes it any more")

  /// Signatures of another kind than a version 4 signature over binary data.
  static let kinds: [SignatureCase] = [
    SignatureCase("P-24", "version 3", .refusedFile, old) { try .signed { $0.version = 3 } },
    SignatureCase("P-24", "version 5", .refusedFile) { try .signed { $0.version = 5 } },
    SignatureCase("P-24", "version 6", .refusedFile) { try .signed { $0.version = 6 } },
    SignatureCase("P-25", "text signature over text with CR LF", .unsupported, text) {
      let key = try MadeKey.ed25519()
      var file = try SignedFile.signed(by: key)
      file.data = Array("line\r\n".utf8)
      let packet = try MadeSignature(0x01).packet(by: key, over: .data(file.data))
      file.signatureFile = MadeArmor.signature.wrap(packet)
      return file
    },
    SignatureCase("P-25", "standalone signature", .unsupported) {
      let key = try MadeKey.ed25519()
      var file = try SignedFile.signed(by: key)
      file.signatureFile = try MadeSignature(0x02).packet(by: key, over: .nothing)
      return file
    },
    SignatureCase("P-25", "certification of a user id as data signature", .unsupported) {
      let key = try MadeKey.ed25519()
      var file = try SignedFile.signed(by: key)
      file.signatureFile = try MadeSignature.selfCertification().packet(
        by: key, over: .userID(Array("x".utf8), of: key))
      return file
    },
    SignatureCase("P-25", "type 0x10 over the data", .unsupported) { try .signed { $0.type = 0x10 } },
    SignatureCase("P-25", "timestamp signature 0x40 over the data", .unsupported) { try .signed { $0.type = 0x40 } },
    SignatureCase("P-26", "critical unknown subpacket", .unsupported) {
      try .signed { $0.hashed = [.unknown(critical: true)] }
    },
    SignatureCase("P-26", "critical notation", .unsupported) {
      try .signed { $0.hashed = [.notation("must-understand@example.com", [1], critical: true)] }
    },
  ]
}
