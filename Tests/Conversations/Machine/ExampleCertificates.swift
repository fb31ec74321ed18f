import Crypto
import CryptoExtras
import Glibc
import TestSupport
import TrustModel

/// Makes the certificates of the example machine, once in a run.
enum ExampleCertificates {
  /// Every key's certificate.
  static let all = Result {
    try Dictionary(uniqueKeysWithValues: ExampleKey.allCases.map { ($0, try make($0)) })
  }

  /// Copies of keys as their owners publish them later: certified by another key, with more, revoked.
  static func later() throws -> [(name: String, certificate: MadeCertificate)] {
    func copy(_ key: ExampleKey, _ change: (inout MadeCertificate) throws -> Void) throws -> MadeCertificate {
      var certificate = try key.certificate()
      try change(&certificate)
      return certificate
    }
    let userID = Array(recipe(.release2).userID.utf8)
    let release = try ExampleKey.release.certificate().primary
    return [
      ("release2-certified", try copy(.release2) { try $0.addOverUserID(octets: userID, .init(0x10), by: release) }),
      (
        "release2-forged",
        try copy(.release2) {
          try $0.addOverUserID(octets: userID, MadeSignature(0x10).with { $0.damage = .numbers }, by: release)
        }
      ),
      ("site-refreshed", try copy(.site) { try $0.addUserID("Site Operations <new-ops@site.example>") }),
      ("site-revoked", try copy(.site) { try $0.addOverKey(.revocation(0x20, .reason(1, "see the new key"))) }),
    ]
  }

  /// What is special about a key.
  private struct Recipe {
    let userID: String
    let made: String
    var expires: Timestamp?
    var isRSA = false
  }

  private static let farAway = Timestamp(rfc3339: "2099-01-01T00:00:00Z")

  /// So that a list says "in 12 days" whenever the tests run.
  private static var soon: Timestamp { Timestamp(seconds: Int64(time(nil)) + 12 * 86_400 + 43_200) }

  private static func recipe(_ key: ExampleKey) -> Recipe {
    switch key {
    case .archive:
      Recipe(userID: "Example Distribution Archive <archive@distro.example>", made: "2023-03-04", expires: farAway)
    case .archive2019:
      Recipe(
        userID: "Example Distribution Archive 2019 <archive-2019@distro.example>", made: "2019-06-01", isRSA: true)
    case .corporate: Recipe(userID: "Corporate Root Signing <root@corp.example>", made: "2023-01-16")
    case .release:
      Recipe(
        userID: "Example Release Signing <release@example.com>", made: "2022-05-21", expires: farAway, isRSA: true)
    case .nightly: Recipe(userID: "Example Nightly Builds <nightly@example.com>", made: "2022-05-22")
    case .harbour: Recipe(userID: "Harbour Team <release@harbour.example>", made: "2022-11-08")
    case .tools: Recipe(userID: "Legacy Tools <tools@legacy.example>", made: "2016-09-12", isRSA: true)
    case .builds:
      Recipe(
        userID: "Old Builds <builds@old.example>", made: "2018-02-01",
        expires: Timestamp(rfc3339: "2020-02-01T00:00:00Z"))
    case .site: Recipe(userID: "Site Operations <ops@site.example>", made: "2023-02-17")
    case .widgets: Recipe(userID: "Widgets Team <release@widgets.example>", made: "2023-04-01", expires: soon)
    case .toolbox: Recipe(userID: "Toolbox Team <release@toolbox.example>", made: "2023-04-02")
    case .release2:
      Recipe(userID: "Example Release Signing 2 <release-2@example.com>", made: "2023-06-30", expires: farAway)
    case .quayside: Recipe(userID: "Quayside Team <release@quayside.example>", made: "2023-01-04", isRSA: true)
    case .builder: Recipe(userID: "Unknown Builder <builder@unknown.example>", made: "2023-07-01")
    case .lapsed:
      Recipe(
        userID: "Lapsed Team <team@lapsed.example>", made: "2019-02-01",
        expires: Timestamp(rfc3339: "2021-02-01T00:00:00Z"))
    }
  }

  private static func make(_ name: ExampleKey) throws -> MadeCertificate {
    let recipe = recipe(name)
    guard let made = Timestamp(rfc3339: recipe.made + "T00:00:00Z") else { preconditionFailure("a date") }
    let key = try MadeKey(material(name, isRSA: recipe.isRSA), created: made)
    var certificate = MadeCertificate(key)
    if name == .harbour {
      let revocation = MadeSignature.revocation(0x20, .reason(2, "the laptop was stolen"))
      try certificate.addOverKey(revocation.with { $0.created = Moment.signed })
    }
    let certification = MadeSignature.selfCertification().with { signature in
      signature.created = made
      if let expires = recipe.expires { signature.hashed.append(.keyExpires(key, at: expires)) }
    }
    try certificate.addUserID(recipe.userID, certification)
    return certificate
  }

  /// Ed25519 from the key's name; RSA from a file, since its keys cannot be told in a few octets.
  private static func material(_ name: ExampleKey, isRSA: Bool) throws -> KeyMaterial {
    guard isRSA else {
      let seed = Array(SHA256.hash(data: Array("Keyreeve example key \(name.rawValue)".utf8)))
      return .ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: seed))
    }
    let folder = String("\(#filePath)".dropLast("ExampleCertificates.swift".count))
    let file = try ChildProcess.run(["cat", "\(folder)Keys/\(name.rawValue).pem"])
    return .rsa(try _RSA.Signing.PrivateKey(unsafePEMRepresentation: file.text))
  }
}
