import TestSupport
import TrustModel

extension SignatureCase {
  private static let oldBinding = Difference(
    gpgv: true, reason: "gpgv still takes SHA-1; here a weak back-signature is no consent")
  private static let oldBindingOnly = Difference(
    sqop: true, gpgme: true, reason: "old keys have them: a remark here, refused where weak-digest is set")
  private static let soft = Difference(
    sqop: true, reason: "Sequoia counts signatures dated before a soft revocation; the date is the signer's word")

  private static let misplaced = Difference(
    gpgv: true, reason: "gpgv drops a subkey revocation that stands elsewhere; here it is moved first")

  /// Signing subkeys and how they are bound to their primary key, or not.
  static let subkeys: [SignatureCase] = [
    SignatureCase("P-13", "back-signature under the binding", .good) {
      try .subkey { try $0.addSubkey($1, back: .hashed(.backSignature)) }
    },
    SignatureCase("P-13", "no back-signature", .keyUnusable) { try .subkey { try $0.addSubkey($1, back: .absent) } },
    SignatureCase("P-13", "back-signature by another key", .keyUnusable) {
      let other = try MadeKey.ed25519()
      return try .subkey { try $0.addSubkey($1, back: .by(other)) }
    },
    SignatureCase("P-13", "back-signature by the primary key", .keyUnusable) {
      try .subkey { try $0.addSubkey($1, back: .by($0.primary)) }
    },
    SignatureCase("P-13", "back-signature that belongs to the subkey's true primary key", .keyUnusable) {
      let owner = try MadeKey.ed25519()
      return try .subkey {
        let consent = try MadeSignature.backSignature.body(by: $1, over: .subkey($1, of: owner))
        try $0.addSubkey($1, .binding().with { $0.unhashed = [.embedded(consent)] }, back: .absent)
      }
    },
    SignatureCase("P-13", "broken back-signature", .keyUnusable) {
      try .subkey { try $0.addSubkey($1, back: .unhashed(.backSignature.with { $0.damage = .numbers })) }
    },
    SignatureCase("P-13", "back-signature of another type", .keyUnusable) {
      try .subkey { try $0.addSubkey($1, back: .unhashed(.backSignature.with { $0.type = 0x18 })) }
    },
    SignatureCase("P-11", "back-signature over SHA-1", .keyUnusable, oldBinding) {
      try .subkey { try $0.addSubkey($1, back: .unhashed(.backSignature.with { $0.hash = .sha1 })) }
    },
    SignatureCase("P-11", "binding over SHA-1", .good, oldBindingOnly) {
      try .subkey { try $0.addSubkey($1, .binding().with { $0.hash = .sha1 }) }
    },
    SignatureCase("P-13", "no binding", .keyUnusable) { try .subkey { try $0.addSubkey($1, nil) } },
    SignatureCase("P-13", "bound by another key", .keyUnusable) {
      let other = try MadeKey.ed25519()
      return try .subkey { try $0.addSubkey($1, by: other) }
    },
    SignatureCase("P-13", "broken binding", .keyUnusable) {
      try .subkey { try $0.addSubkey($1, .binding().with { $0.damage = .numbers }) }
    },
    SignatureCase("P-13", "encryption-only subkey", .keyUnusable) {
      try .subkey { try $0.addSubkey($1, .binding(.encrypt), back: .absent) }
    },
    SignatureCase("P-13", "authentication-only subkey", .keyUnusable) {
      try .subkey { try $0.addSubkey($1, .binding(.authenticate), back: .absent) }
    },
    SignatureCase("P-21", "subkey revoked, revocation before the binding", .keyRevoked) {
      try .subkey {
        try $0.addSubkey($1, nil)
        try $0.addOverSubkey($1, .revocation(0x28, .reason(2)))
        try bind(&$0, $1)
      }
    },
    SignatureCase("P-21", "subkey revoked, revocation after the binding", .keyRevoked) {
      try .subkey {
        try $0.addSubkey($1)
        try $0.addOverSubkey($1, .revocation(0x28, .reason(2)))
      }
    },
    SignatureCase("P-21", "subkey retired after the signature", .keyRevoked, soft) {
      try .subkey {
        try $0.addSubkey($1)
        try $0.addOverSubkey($1, .revocation(0x28, .reason(3)))
      }
    },
    SignatureCase("P-21", "subkey revoked, a newer binding after the revocation", .keyRevoked) {
      try .subkey {
        try $0.addSubkey($1, nil)
        try $0.addOverSubkey($1, .revocation(0x28, .reason(2)).with { $0.created = Moment.earlyEnd })
        try bind(&$0, $1) { $0.created = Moment.lateEnd }
      }
    },
    SignatureCase("P-21", "subkey revoked, the revocation behind another subkey", .keyRevoked, misplaced) {
      try .subkey {
        try $0.addSubkey($1)
        try $0.addSubkey(.ed25519())
        try $0.addOverSubkey($1, .revocation(0x28, .reason(2)))
      }
    },
    SignatureCase("P-21", "subkey revoked, the revocation before the user id", .keyRevoked, misplaced) {
      try .subkey {
        try $0.addSubkey($1)
        let content = SignedContent.subkey($1, of: $0.primary)
        $0.packets.insert(
          try MadeSignature.revocation(0x28, .reason(2)).packet(by: $0.primary, over: content), at: 1)
      }
    },
    SignatureCase("P-20", "subkey revocation by a foreign key", .good) {
      let stranger = try MadeKey.ed25519()
      return try .subkey {
        try $0.addSubkey($1)
        try $0.addOverSubkey($1, .revocation(0x28, .reason(2)), by: stranger)
      }
    },
    SignatureCase("P-18", "subkey made in the future", .notYetValid) {
      let subkey = try MadeKey.ed25519(created: Moment.future)
      let dated: @Sendable (inout MadeSignature) -> Void = { $0.created = Moment.future }
      return try .subkey(signature: .detached.with(dated), created: subkey) {
        try $0.addSubkey($1, .binding().with(dated), back: .unhashed(.backSignature.with(dated)))
      }
    },
    SignatureCase("P-17", "signature dated before the subkey", .notYetValid) {
      let subkey = try MadeKey.ed25519(created: Moment.lateEnd)
      let dated: @Sendable (inout MadeSignature) -> Void = { $0.created = Moment.lateEnd }
      return try .subkey(created: subkey) {
        try $0.addSubkey($1, .binding().with(dated), back: .unhashed(.backSignature.with(dated)))
      }
    },
    SignatureCase("P-01", "one of several subkeys", .good) {
      try .subkey {
        try $0.addSubkey(.ecdhShape(), .binding(.encrypt), back: .absent)
        try $0.addSubkey(.p256())
        try $0.addSubkey($1)
      }
    },
  ]

  private static func bind(
    _ certificate: inout MadeCertificate, _ subkey: MadeKey, _ change: (inout MadeSignature) -> Void = { _ in }
  ) throws {
    let content = SignedContent.subkey(subkey, of: certificate.primary)
    let back = try MadeSignature.backSignature.with(change).body(by: subkey, over: content)
    try certificate.addOverSubkey(
      subkey,
      .binding().with {
        $0.unhashed = [.embedded(back)]
        change(&$0)
      })
  }
}
