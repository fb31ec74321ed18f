import ContentTrust
import Stores
import TestSupport
import TrustModel

/// A trust folder of its own, with keys that openssl, notary and docker make.
struct KeyShop: ~Copyable {
  let directory: TemporaryDirectory
  /// The trust folder.
  var path: String { directory.path + "/trust" }
  var folder: TrustFolder { TrustFolder(sysroot: .machine, path: path) }

  init() throws {
    let directory = try TemporaryDirectory(prefix: "kr-keys")
    try directory.mkdir("trust/private", mode: 0o700)
    self.directory = directory
  }

  /// Runs a shell line in the folder; returns what it printed.
  @discardableResult
  func shell(_ line: String, _ environment: [String: String] = [:], fails: Bool = false) throws -> String {
    let outcome = try ChildProcess.run(
      ["sh", "-euc", line], environment: ChildProcess.cleanEnvironment.merging(environment) { $1 },
      directory: directory.path)
    guard (outcome.status == 0) != fails else { throw Failure(text: "\(line): \(outcome.text)\(outcome.errorText)") }
    return outcome.text
  }

  struct Failure: Error { let text: String }

  /// Puts a file below the trust folder.
  func put(_ text: String, _ name: String, mode: UInt32 = 0o600) throws {
    try directory.write("trust/" + name, Array(text.utf8), mode: mode)
  }

  /// What the trust folder is, file by file: names, kinds, rights, times and digests.
  func fingerprint() throws -> String {
    try shell("cd trust; find . -printf '%p %y %m %T@ %l\\n' | sort; find . -type f -exec sha256sum {} + | sort")
  }

  func survey(_ limits: KeyFolderLimits = KeyFolderLimits()) throws -> SigningKeySurvey {
    try SigningKeySurvey(folder, limits: limits)
  }

  /// The identifier of a key as openssl and sha256sum have it.
  func opensslID(_ file: String, _ family: String = "ecdsa") throws -> String {
    let half = family == "ed25519" ? "tail -c 32" : "cat"
    return try shell(
      """
      p=$(openssl pkey -in \(file) -pubout -outform DER | \(half) | base64 -w0)
      printf '{"keytype":"\(family)","keyval":{"private":null,"public":"%s"}}' "$p" | sha256sum | head -c 64
      """)
  }
}

/// Recognises a text.
func recognise(_ text: String) throws(SigningKeyFileError) -> SigningKeyFile { try recognise(Array(text.utf8)) }

/// Recognises octets.
func recognise(_ octets: [UInt8]) throws(SigningKeyFileError) -> SigningKeyFile {
  guard var secret = SecretBuffer(capacity: octets.count) else { throw .memory }
  for octet in octets { _ = secret.append(octet) }
  return try SigningKeyFile(secret)
}

extension SigningKeySurvey {
  /// The words of the rules that found something.
  var rules: [String] { findings.map(\.id) }

  func finding(_ id: String) -> SigningKeyFinding? { findings.first { $0.id == id } }
}
