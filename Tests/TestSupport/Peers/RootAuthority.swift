/// An authority made by openssl that issues certificates for root keys of repositories, or for further authorities.
public final class RootAuthority {
  private let folder: TemporaryDirectory
  private let name: String

  /// An authority of its own, or one below another.
  ///
  /// - Parameters:
  ///   - isAuthority: whether its certificate says that it may issue others.
  ///   - days: how long its certificate counts, from now on.
  public init(_ name: String, below issuer: RootAuthority? = nil, isAuthority: Bool = true, days: Int = 30) throws {
    folder = try TemporaryDirectory(prefix: "kr-authority")
    self.name = name
    let configuration = """
      [req]
      distinguished_name=dn
      [dn]
      [ca]
      basicConstraints=critical,CA:TRUE
      keyUsage=critical,keyCertSign
      [leaf]
      basicConstraints=critical,CA:FALSE
      keyUsage=critical,digitalSignature

      """
    _ = try folder.write("openssl.cnf", Array(configuration.utf8))
    try issue("self", for: name, kind: isAuthority ? "ca" : "leaf", days: days, by: issuer)
  }

  private var file: String { folder.path + "/self.crt" }

  /// Its certificate.
  public var octets: [UInt8] { get throws { try ChildProcess.run(["cat", file]).output } }

  /// A key and a certificate for it, and files with them that go with this value; the key is encrypted there, as notary takes it.
  public func leaf(for repository: String, days: Int = 300) throws -> (
    key: [UInt8], encrypted: String, certificate: [UInt8], file: String
  ) {
    let name = "leaf\(UInt32.random(in: 0...UInt32.max))"
    try issue(name, for: repository, kind: "leaf", days: days, by: self)
    let path = folder.path + "/" + name
    let passphrase = NotaryPeer.passphrases["NOTARY_ROOT_PASSPHRASE"] ?? ""
    try Self.openssl([
      "ec", "-in", path + ".key", "-aes256", "-passout", "pass:" + passphrase, "-out", path + ".enc",
    ])
    func octets(_ file: String) throws -> [UInt8] { try ChildProcess.run(["cat", file]).output }
    return (try octets(path + ".key"), path + ".enc", try octets(path + ".crt"), path + ".crt")
  }

  private func issue(_ file: String, for subject: String, kind: String, days: Int, by issuer: RootAuthority?) throws {
    let escaped = subject.split(separator: "/").joined(separator: "\\/")
    let path = folder.path + "/" + file
    let authority = issuer.map { ["-CA", $0.file, "-CAkey", $0.folder.path + "/self.key"] } ?? []
    try Self.openssl(
      [
        "req", "-config", folder.path + "/openssl.cnf", "-x509", "-newkey", "ec", "-pkeyopt",
        "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=" + escaped, "-days", "\(days)", "-extensions", kind,
        "-keyout", path + ".key", "-out", path + ".crt",
      ] + authority)
  }

  private static func openssl(_ words: [String]) throws {
    let outcome = try ChildProcess.run(["openssl"] + words)
    guard outcome.status == 0 else { throw NotaryPeer.Failure.failed(outcome.errorText) }
  }
}
