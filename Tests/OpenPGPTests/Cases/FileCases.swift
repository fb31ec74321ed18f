import TestSupport
import TrustModel

extension SignatureCase {
  private static let strictArmor = Difference(
    gpgv: true, sqop: true, reason: "one strict form of armor, so that two readers cannot disagree")

  private static let goesOn = Difference(
    gpgv: true, reason: "gpgv reports the signature before it reaches the broken end")

  /// Signature files that hold something else, or the right thing in a form that is refused.
  static let files: [SignatureCase] = [
    SignatureCase("P-27", "inline-signed message", .refusedFile) { try file { inlineSigned($0) } },
    SignatureCase("P-27", "literal data, then a signature", .refusedFile) {
      try file { MadePacket.make(.literal, literalBody) + $0 }
    },
    SignatureCase("P-27", "signature, then literal data", .refusedFile) {
      try file { $0 + MadePacket.make(.literal, literalBody) }
    },
    SignatureCase("P-27", "cleartext message", .refusedFile, Difference(sqop: true, reason: strictArmor.reason)) {
      try armored { signature in
        Array("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n".utf8) + SignedFile.data + signature
      }
    },
    SignatureCase("P-28", "compressed signature", .refusedFile, Difference(gpgv: true, reason: "tag 2 only")) {
      try file { MadePacket.make(.compressed, storedDeflate($0)) }
    },
    SignatureCase("P-45", "encrypted data", .refusedFile) {
      try file { _ in MadePacket.make(.encrypted, [UInt8](repeating: 7, count: 40)) }
    },
    SignatureCase("P-31", "key, then signature", .refusedFile) {
      let key = try MadeKey.ed25519()
      var file = try SignedFile.signed(by: key)
      file.signatureFile =
        try MadeCertificate.simple(key).octets + MadeSignature.detached.packet(by: key, over: .data(file.data))
      return file
    },
    SignatureCase("P-31", "certificate instead of a signature", .refusedFile) {
      try file { _ in try MadeCertificate.simple(.ed25519()).octets }
    },
    SignatureCase("P-30", "empty file", .refusedFile) { try file { _ in [] } },
    SignatureCase("P-30", "white space", .refusedFile) { try file { _ in Array(" \n\n".utf8) } },
    SignatureCase("P-30", "a web page", .refusedFile) { try file { _ in Array("<html>404</html>\n".utf8) } },
    SignatureCase("P-30", "signature, then junk", .refusedFile) { try file { $0 + [1, 2, 3] } },
    SignatureCase("P-30", "signature cut short", .refusedFile) { try file { $0.dropLast(5) } },
    SignatureCase("P-30", "length of four thousand million octets", .refusedFile, goesOn) {
      try file { MadePacket.make(.signature, Array($0.dropFirst(2)), .newClaiming(0xffff_fff0)) }
    },
    SignatureCase("P-30", "packet without length", .refusedFile) {
      let key = try MadeKey.ed25519()
      var file = try SignedFile.signed(by: key)
      file.signatureFile = try MadeSignature.detached.packet(by: key, over: .data(file.data), .oldIndeterminate)
      return file
    },
    SignatureCase("P-29", "wrong checksum", .refusedFile, Difference(sqop: true, reason: strictArmor.reason)) {
      try armor { $0.checksum = .wrong }
    },
    SignatureCase("P-29", "no checksum", .good) { try armor { $0.checksum = .absent } },
    SignatureCase("P-29", "CR LF", .good) { try armor { $0.lineEnding = "\r\n" } },
    SignatureCase("P-29", "header lines", .good) { try armor { $0.headers = ["Version: 1", "Comment: x"] } },
    SignatureCase("P-32", "header line that pretends to be a status line", .good) {
      try armor { $0.headers = ["Comment: [GNUPG:] VALIDSIG"] }
    },
    SignatureCase("P-29", "lines of 76", .good) { try armor { $0.width = 76 } },
    SignatureCase(
      "P-29", "head of a message", .refusedFile, strictArmor
    ) {
      try armor { $0.label = "PGP MESSAGE" }
    },
    SignatureCase(
      "P-29", "head of a key", .refusedFile, strictArmor
    ) {
      try armor { $0.label = "PGP PUBLIC KEY BLOCK" }
    },
    SignatureCase("P-29", "two blocks", .refusedFile, strictArmor) {
      try armored { $0 + $0 }
    },
    SignatureCase("P-29", "text before the block", .refusedFile, strictArmor) {
      try armored { Array("hello\n".utf8) + $0 }
    },
    SignatureCase("P-29", "text after the block", .refusedFile, strictArmor) {
      try armored { $0 + Array("hello\n".utf8) }
    },
  ]

  private static let literalBody: [UInt8] = [0x62, 0, 0, 0, 0, 0] + SignedFile.data

  private static func file(_ change: ([UInt8]) throws -> [UInt8]) throws -> SignedFile {
    let key = try MadeKey.ed25519()
    var file = try SignedFile.signed(by: key)
    file.signatureFile = try change(MadeSignature.detached.packet(by: key, over: .data(file.data)))
    return file
  }

  private static func armored(_ change: ([UInt8]) throws -> [UInt8]) throws -> SignedFile {
    try file { try change(MadeArmor.signature.wrap($0)) }
  }

  private static func armor(_ change: (inout MadeArmor) -> Void) throws -> SignedFile {
    try file { MadeArmor.signature.with(change).wrap($0) }
  }

  private static func inlineSigned(_ signature: [UInt8]) -> [UInt8] {
    let onePass: [UInt8] = [3, 0, 10, 22, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    return MadePacket.make(.onePassSignature, onePass) + MadePacket.make(.literal, literalBody) + signature
  }

  /// ZIP with one stored block: compressed by form, not by size.
  private static func storedDeflate(_ octets: [UInt8]) -> [UInt8] {
    let count = [UInt8(octets.count & 255), UInt8(octets.count >> 8)]
    return [1, 0x01] + count + count.map { ~$0 } + octets
  }
}
