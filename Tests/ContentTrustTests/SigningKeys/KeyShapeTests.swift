import ContentTrust
import SignedMetadata
import TestSupport
import Testing

/// What openssl, notary and docker write, each recognised; identifiers compared with openssl's and notary's own.
@Suite("Shapes of private keys")
struct KeyShapeTests {
  struct Plain: Sendable, CustomTestStringConvertible {
    let command: String
    let form: SigningKeyFile.Form
    let algorithm: String
    var family = "ecdsa"
    /// Whether notary takes it.
    var isImported = true
    var testDescription: String { command }
  }

  static let plainKeys = [
    Plain(
      command: "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256", form: .pkcs8(version: 0),
      algorithm: "ecdsa p-256"),
    Plain(command: "ecparam -name prime256v1 -genkey -noout", form: .sec1, algorithm: "ecdsa p-256"),
    Plain(command: "ecparam -name secp384r1 -genkey -noout", form: .sec1, algorithm: "ecdsa p-384"),
    Plain(command: "ecparam -name secp521r1 -genkey -noout", form: .sec1, algorithm: "ecdsa p-521"),
    Plain(command: "ecparam -name secp224r1 -genkey -noout", form: .sec1, algorithm: "ecdsa p-224"),
    Plain(command: "genrsa -traditional 2048", form: .pkcs1, algorithm: "rsa 2048", family: "rsa"),
    Plain(command: "genrsa 3072", form: .pkcs8(version: 0), algorithm: "rsa 3072", family: "rsa"),
    Plain(
      command: "genpkey -algorithm ed25519", form: .pkcs8(version: 0), algorithm: "ed25519", family: "ed25519",
      isImported: false),
  ]

  @Test(
    "A plain key of openssl has openssl's public half and, where notary takes it, notary's identifier",
    arguments: plainKeys)
  func plain(_ made: Plain) throws {
    let shop = try KeyShop()
    let text = try shop.shell("openssl \(made.command) 2>/dev/null | tee k.pem")
    let file = try recognise(text)
    #expect(file.form == made.form && file.protection == .none)
    #expect(file.publicKey?.algorithm == made.algorithm)
    #expect(try file.id?.description == shop.opensslID("k.pem", made.family))
    let passphrase = ["NOTARY_ROOT_PASSPHRASE": "root passphrase", "HOME": shop.directory.path]
    let names = try shop.shell(
      "notary -d n key import k.pem -r root >/dev/null 2>&1 || :; ls n/private 2>/dev/null || :", passphrase)
    #expect(names == (made.isImported ? "\(file.id?.description ?? "-").key\n" : ""))
    #expect((file.obstacleToDocker == nil) == made.isImported)
  }

  struct Encrypted: Sendable, CustomTestStringConvertible {
    let command: String
    let form: SigningKeyFile.Form
    let protection: KeyProtection
    let strength: KeyDerivation.Strength
    let isOpenedByDocker: Bool
    var testDescription: String { command }
  }

  private static func pbkdf2(_ hash: KeyDerivation.Hash, _ rounds: Int, _ cipher: String) -> KeyProtection {
    .passphrase(.pbkdf2(hash, rounds: rounds, salt: 8), cipher: cipher)
  }

  static let encryptedKeys = [
    Encrypted(
      command: "ec -aes256", form: .sec1, protection: .passphrase(.md5Once, cipher: "aes-256-cbc"), strength: .weak,
      isOpenedByDocker: true),
    Encrypted(
      command: "ec -des3", form: .sec1, protection: .passphrase(.md5Once, cipher: "des-ede3-cbc"), strength: .weak,
      isOpenedByDocker: true),
    Encrypted(
      command: "pkcs8 -topk8 -v2 aes-256-cbc", form: .encryptedPKCS8, protection: pbkdf2(.sha256, 2_048, "aes-256-cbc"),
      strength: .weak, isOpenedByDocker: false),
    Encrypted(
      command: "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA1 -iter 2000000", form: .encryptedPKCS8,
      protection: pbkdf2(.sha1, 2_000_000, "aes-256-cbc"), strength: .strong, isOpenedByDocker: true),
    Encrypted(
      command: "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 100000", form: .encryptedPKCS8,
      protection: pbkdf2(.sha512, 100_000, "aes-256-cbc"), strength: .fair, isOpenedByDocker: false),
    Encrypted(
      command: "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1", form: .encryptedPKCS8,
      protection: pbkdf2(.sha1, 2_048, "aes-128-cbc"), strength: .weak, isOpenedByDocker: false),
    Encrypted(
      command: "pkcs8 -topk8 -scrypt", form: .encryptedPKCS8,
      protection: .passphrase(.scrypt(cost: 16_384, blockSize: 8, parallel: 1), cipher: "aes-256-cbc"), strength: .fair,
      isOpenedByDocker: false),
    Encrypted(
      command: "pkcs8 -topk8 -v1 PBE-SHA1-3DES", form: .encryptedPKCS8,
      protection: .passphrase(.other("1.2.840.113549.1.12.1.3"), cipher: "1.2.840.113549.1.12.1.3"),
      strength: .unknown, isOpenedByDocker: false),
  ]

  @Test(
    "An encrypted key of openssl says how it is encrypted, and keeps its identifier to itself", arguments: encryptedKeys
  )
  func encrypted(_ made: Encrypted) throws {
    let shop = try KeyShop()
    let text = try shop.shell(
      "openssl ecparam -name prime256v1 -genkey -noout | openssl \(made.command) -passout pass:secret 2>/dev/null")
    let file = try recognise(text)
    #expect(file.form == made.form && file.protection == made.protection && file.id == nil)
    #expect(file.protection.strength == made.strength)
    #expect((file.obstacleToDocker == nil) == made.isOpenedByDocker)
  }

  @Test("Keys that notary and docker generate are recognised, with their headers")
  func generated() throws {
    let shop = try KeyShop()
    let variables = [
      "NOTARY_ROOT_PASSPHRASE": "root passphrase", "HOME": shop.directory.path,
      "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "signer's passphrase", "DOCKER_CONFIG": shop.directory.path,
    ]
    try shop.shell("notary -d trust key generate >/dev/null", variables)
    let hasDocker = try shop.shell("command -v docker || true").isEmpty == false
    if hasDocker { try shop.shell("docker trust key generate alice >/dev/null", variables) }
    if !hasDocker { print("skipped: a key of docker, which is not installed") }
    let survey = try shop.survey()
    #expect(Set(survey.keys.map(\.role)) == (hasDocker ? ["root", "alice"] : ["root"]))
    for record in survey.keys {
      #expect(record.contents?.form == .encryptedPKCS8 && record.confirmation == .unconfirmed)
      #expect(record.contents?.protection == Self.pbkdf2(.sha1, 2_048, "aes-256-cbc"))
      #expect(record.contents?.obstacleToDocker == nil && record.name.id == record.id)
    }
    #expect(Set(survey.rules) == ["weak-derivation", "orphan"])
  }

  @Test("A key that notary keeps without a passphrase has version 1, and the identifier of its file")
  func version() throws {
    let shop = try KeyShop()
    let variables = ["NOTARY_ROOT_PASSPHRASE": "root passphrase", "HOME": shop.directory.path]
    try shop.shell("notary -d trust key generate >/dev/null", variables)
    // openssl opens it once the header is gone, and does not rewrite what is inside.
    let name = try #require(try shop.survey().keys.first?.name.id?.description)
    let text = try shop.shell(
      """
      f=trust/private/\(name).key; sed '/^role/d;/^$/d' $f >e.pem
      openssl asn1parse -in e.pem -strparse $(openssl asn1parse -in e.pem | tail -1 | cut -d: -f1) -noout >/dev/null 2>&1 || :
      python3 - <<'E'
      import base64, hashlib, subprocess
      der = base64.b64decode("".join(l for l in open("e.pem").read().split("\\n") if "-" not in l))
      salt, iv, box = der[der.index(bytes.fromhex("0408")) + 2:][:8], der[der.index(bytes.fromhex("0410")) + 2:][:16], None
      box = der[der.index(bytes.fromhex("0410")) + 18:]
      box = box[3:] if box[1] & 0x80 else box[2:]
      key = hashlib.pbkdf2_hmac("sha1", b"root passphrase", salt, 2048, 32)
      out = subprocess.run(["openssl", "enc", "-d", "-aes-256-cbc", "-K", key.hex(), "-iv", iv.hex()],
                           input=box, capture_output=True, check=True).stdout
      print("-----BEGIN PRIVATE KEY-----\\nrole: root\\n\\n" + base64.encodebytes(out).decode() + "-----END PRIVATE KEY-----")
      E
      """)
    let file = try recognise(text)
    #expect(file.form == .pkcs8(version: 1) && file.id?.description == name && file.role == "root")
  }
}
