public import TrustModel

/// A throw-away GnuPG home with the real gpg: keys and signatures as people make them.
///
/// It never looks at the person's own home. Its agent is ended and its folder removed with the value.
public struct GPGHome: ~Copyable {
  /// What a gpg that was called ended with, if not well.
  public struct Failure: Error, CustomStringConvertible {
    /// What was asked of gpg.
    public let arguments: [String]
    /// What gpg said.
    public let message: String
    /// Both.
    public var description: String { "gpg \(arguments.joined(separator: " ")): \(message)" }
  }

  private let folder: TemporaryDirectory

  /// An empty home.
  public init() throws { folder = try TemporaryDirectory(prefix: "kr-gpg") }

  deinit {
    // The answer does not matter: without an agent there is nothing to end.
    _ = try? ChildProcess.run(
      ["gpgconf", "--homedir", folder.path, "--kill", "all"], environment: Self.environment(folder.path))
  }

  /// Its path, for GNUPGHOME.
  public var path: String { folder.path }

  /// Runs gpg in this home, at `moment` instead of now where one is given, and returns its standard output.
  @discardableResult
  public func gpg(_ arguments: [String], input: [UInt8] = [], at moment: Timestamp? = nil) throws -> [UInt8] {
    let outcome = try run(arguments, input: input, at: moment)
    guard outcome.status == 0 else { throw Failure(arguments: arguments, message: outcome.errorText) }
    return outcome.output
  }

  /// Runs gpg as `gpg` does, however it ends.
  public func run(_ arguments: [String], input: [UInt8] = [], at moment: Timestamp? = nil) throws
    -> ChildProcess.Outcome
  {
    let time = moment.map { ["--faked-system-time", "\($0.seconds)!"] } ?? []
    let fixed = ["gpg", "--homedir", path, "--batch", "--no-tty", "--yes", "--pinentry-mode", "loopback"]
    return try ChildProcess.run(
      fixed + ["--passphrase", ""] + time + arguments, environment: Self.environment(path), input: input)
  }

  /// Makes a key without passphrase (`rsa2048`, `ed25519`, `nistp256`, `dsa2048`, …) and returns its fingerprint.
  ///
  /// `expires` is gpg's word: `never`, `1y`, `seconds=3600`, a date.
  public func makeKey(
    _ algorithm: String = "ed25519", userID: String = "GnuPG Signer <gnupg@example.com>", usage: String = "sign",
    expires: String = "never", at moment: Timestamp? = nil
  ) throws -> Fingerprint {
    let before = Set(try fingerprints())
    try gpg(["--quick-generate-key", userID, algorithm, usage, expires], at: moment)
    guard let made = try fingerprints().first(where: { !before.contains($0) }) else {
      throw Failure(arguments: [algorithm], message: "no new key")
    }
    return made
  }

  /// Adds a subkey.
  public func addSubkey(
    to key: Fingerprint, _ algorithm: String, usage: String = "sign", expires: String = "never",
    at moment: Timestamp? = nil
  ) throws {
    try gpg(["--quick-add-key", "\(key)", algorithm, usage, expires], at: moment)
  }

  /// A detached signature by that key or subkey (a fingerprint with `!` takes exactly that one).
  public func sign(
    _ data: [UInt8], by key: String, digest: String = "SHA512", armored: Bool = true, options: [String] = [],
    at moment: Timestamp? = nil
  ) throws -> [UInt8] {
    try gpg(
      options + (armored ? ["--armor"] : []) + ["--digest-algo", digest, "--local-user", key, "--detach-sign"],
      input: data, at: moment)
  }

  /// The public certificate.
  public func export(_ key: Fingerprint, armored: Bool = false) throws -> [UInt8] {
    try gpg((armored ? ["--armor"] : []) + ["--export", "\(key)"])
  }

  /// The secret key.
  public func exportSecret(_ key: Fingerprint, armored: Bool = false) throws -> [UInt8] {
    try gpg((armored ? ["--armor"] : []) + ["--export-secret-keys", "\(key)"])
  }

  /// Takes in certificates.
  public func importKeys(_ octets: [UInt8]) throws { try gpg(["--import"], input: octets) }

  /// Revokes a key with the certificate that gpg wrote when it made the key: no reason given.
  public func revoke(_ key: Fingerprint) throws {
    let name = "\(key)".uppercased() + ".rev"
    let file = try ChildProcess.run(["sed", "s/^:---/---/", "\(path)/openpgp-revocs.d/\(name)"])
    try importKeys(file.output)
  }

  /// Every primary key's fingerprint, in the order of the keyring.
  public func fingerprints() throws -> [Fingerprint] {
    try primaryRecords(of: String(decoding: gpg(["--with-colons", "--list-keys"]), as: UTF8.self))
  }

  /// The fingerprints of every key and subkey of those octets, as gpg computes them, nothing imported.
  public func fingerprints(in octets: [UInt8]) throws -> [Fingerprint] {
    let listing = try gpg(["--with-colons", "--import-options", "show-only", "--import"], input: octets)
    return String(decoding: listing, as: UTF8.self).split(separator: "\n").compactMap(Self.fingerprint)
  }

  private func primaryRecords(of listing: String) -> [Fingerprint] {
    var isPrimary = false
    var found: [Fingerprint] = []
    for line in listing.split(separator: "\n") {
      if line.hasPrefix("pub:") { isPrimary = true }
      if isPrimary, let fingerprint = Self.fingerprint(line) {
        found.append(fingerprint)
        isPrimary = false
      }
    }
    return found
  }

  private static func fingerprint(_ line: Substring) -> Fingerprint? {
    let fields = line.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count > 9, fields[0] == "fpr" else { return nil }
    return Fingerprint(typed: fields[9])
  }

  private static func environment(_ home: String) -> [String: String] {
    ChildProcess.cleanEnvironment.merging(["GNUPGHOME": home, "HOME": home]) { $1 }
  }
}
