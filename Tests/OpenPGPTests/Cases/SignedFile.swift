import TestSupport

/// The bytes of one case: key files, a signature file, and the data that it should be over.
struct SignedFile: Sendable {
  /// One certificate each.
  var keyFiles: [[UInt8]]
  /// The signature file.
  var signatureFile: [UInt8]
  /// The data.
  var data = Self.data

  /// What every case signs unless it says otherwise.
  static let data = Array("An image, or what stands for one.\n".utf8)

  /// A small certificate and its primary key's signature over the data, with one thing about the signature changed.
  static func signed(
    by key: MadeKey? = nil, _ change: (inout MadeSignature) -> Void = { _ in }
  ) throws -> SignedFile {
    let key = try key ?? .ed25519()
    return try signed(key, in: .simple(key), .detached.with(change))
  }

  /// A signature by `signer` over the data, checked with that certificate.
  static func signed(
    _ signer: MadeKey, in certificate: MadeCertificate, _ recipe: MadeSignature = .detached
  ) throws -> SignedFile {
    let packet = try recipe.packet(by: signer, over: .data(data))
    return SignedFile(keyFiles: [certificate.octets], signatureFile: MadeArmor.signature.wrap(packet))
  }

  /// A signature by an Ed25519 primary key whose certificate `build` fills.
  static func certificate(
    signature recipe: MadeSignature = .detached, _ build: (inout MadeCertificate) throws -> Void
  ) throws -> SignedFile {
    let primary = try MadeKey.ed25519()
    var certificate = MadeCertificate(primary)
    try build(&certificate)
    return try signed(primary, in: certificate, recipe)
  }

  /// A signature by an Ed25519 subkey that `build` adds to a small certificate.
  static func subkey(
    signature recipe: MadeSignature = .detached, created: MadeKey? = nil,
    _ build: (inout MadeCertificate, MadeKey) throws -> Void
  ) throws -> SignedFile {
    let subkey = try created ?? .ed25519()
    var certificate = try MadeCertificate.simple(.ed25519())
    try build(&certificate, subkey)
    return try signed(subkey, in: certificate, recipe)
  }
}
