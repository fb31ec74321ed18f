import Glibc
import Synchronization

/// A certificate for a test site, made by the openssl program when it is first asked for and kept for the process.
public struct SiteCertificate: Sendable, Hashable {
  /// Who signs it.
  public enum Signer: Sendable, Hashable {
    /// The authority in `SiteCertificate.authorities`.
    case authority
    /// An authority that nobody knows.
    case stranger
    /// Nobody else.
    case itself
  }

  /// Its name, which its files have.
  public let name: String
  /// What it is for: names, and addresses.
  public var subjects = ["DNS:localhost", "DNS:example.com", "IP:127.0.0.1", "IP:::1"]
  /// Who signs it.
  public var signer = Signer.authority
  /// openssl's words for the key.
  public var key = ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
  /// openssl's word for the hash.
  public var hash = "-sha256"
  /// The day it is made on, as `faketime` takes it; today where nil.
  ///
  /// It is valid for ten days.
  public var day: String?

  /// A certificate for names (`DNS:…`) and addresses (`IP:…`).
  public init(_ name: String, subjects: [String]? = nil, _ change: (inout SiteCertificate) -> Void = { _ in }) {
    self.name = name
    if let subjects { self.subjects = subjects }
    change(&self)
  }

  /// Right in everything: for localhost, example.com, 127.0.0.1 and ::1.
  public static let good = SiteCertificate("good")
  /// Ended in 2020.
  public static let expired = SiteCertificate("expired") { $0.day = "2020-01-01" }
  /// Begins in 2037.
  public static let notYetValid = SiteCertificate("not-yet-valid") { $0.day = "2037-01-01" }
  /// For another host.
  public static let wrongHost = SiteCertificate("wrong-host", subjects: ["DNS:other.example", "IP:192.0.2.1"])
  /// Signed by itself.
  public static let selfSigned = SiteCertificate("self-signed") { $0.signer = .itself }
  /// Signed by an authority that nobody knows.
  public static let strange = SiteCertificate("strange") { $0.signer = .stranger }
  /// Signed over SHA-1.
  public static let weakHash = SiteCertificate("weak-hash") { $0.hash = "-sha1" }
  /// With an RSA key of 1024 bits.
  public static let weakKey = SiteCertificate("weak-key") { $0.key = ["rsa:1024"] }
  /// For `*.example.com`.
  public static let wildcard = SiteCertificate("wildcard", subjects: ["DNS:*.example.com"])
  /// A client's.
  public static let client = SiteCertificate("client", subjects: ["DNS:client.example"])

  /// The PEM file of the authority.
  public static var authorities: String { get throws { try SiteCertificateFolder.shared.authority("authority") } }

  /// The PEM file of the certificate; its key is in `keyFile`.
  public var file: String { get throws { try SiteCertificateFolder.shared.make(self) + ".pem" } }

  /// The PEM file of its key, mode 0600.
  public var keyFile: String { get throws { try SiteCertificateFolder.shared.make(self) + ".key" } }
}

/// The folder of the process's certificates, gone when it ends.
final class SiteCertificateFolder: Sendable {
  static let shared = SiteCertificateFolder()

  private struct State: ~Copyable {
    var folder: TemporaryDirectory?
    var made: Set<String> = []
  }

  private let state = Mutex(State())

  private init() {
    // Nothing else is told of the end of the process.
    atexit { SiteCertificateFolder.shared.state.withLock { $0.folder = nil } }
  }

  /// The file of an authority.
  func authority(_ name: String) throws -> String {
    try state.withLock { try Self.authority(name, &$0) } + ".pem"
  }

  /// The path of a certificate and its key, without their endings.
  func make(_ certificate: SiteCertificate) throws -> String {
    try state.withLock { state in
      let path = try Self.folder(&state) + "/" + certificate.name
      guard state.made.insert(certificate.name).inserted else { return path }
      var arguments = ["-newkey"] + certificate.key + [certificate.hash]
      switch certificate.signer {
      case .itself: break
      case .authority, .stranger:
        let signer = try Self.authority(certificate.signer == .authority ? "authority" : "stranger", &state)
        arguments += ["-CA", signer + ".pem", "-CAkey", signer + ".key"]
      }
      try Self.run(
        arguments, path, day: certificate.day,
        extensions: [
          "basicConstraints=critical,CA:FALSE", "subjectKeyIdentifier=hash", "authorityKeyIdentifier=keyid",
          "subjectAltName=" + certificate.subjects.joined(separator: ","),
        ])
      return path
    }
  }

  private static func folder(_ state: inout State) throws -> String {
    if state.folder == nil { state.folder = try TemporaryDirectory(prefix: "kr-certificates") }
    return state.folder?.path ?? ""
  }

  private static func authority(_ name: String, _ state: inout State) throws -> String {
    let path = try folder(&state) + "/" + name
    guard state.made.insert(name).inserted else { return path }
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    try run(
      key, path, day: "2019-01-01", days: 20_000,
      extensions: [
        "basicConstraints=critical,CA:TRUE", "subjectKeyIdentifier=hash", "keyUsage=critical,keyCertSign",
      ])
    return path
  }

  private static func run(
    _ arguments: [String], _ path: String, day: String?, days: Int = 10, extensions: [String]
  ) throws {
    let configuration =
      "[req]\nprompt=no\ndistinguished_name=name\nx509_extensions=more\n[name]\nCN=\(path.split(separator: "/").last ?? "")\n"
      + "[more]\n" + extensions.joined(separator: "\n") + "\n"
    let words = ["openssl", "req", "-x509", "-nodes", "-config", "/dev/stdin", "-days", "\(days)"] + arguments
    let command = (day.map { ["faketime", $0] } ?? []) + words + ["-keyout", path + ".key", "-out", path + ".pem"]
    var outcome = try ChildProcess.run(command, input: Array(configuration.utf8))
    // A faketime that was killed leaves a semaphore behind, in the way of the next process with its number.
    for _ in 0..<5 where outcome.errorText.contains("sem_open") {
      outcome = try ChildProcess.run(command, input: Array(configuration.utf8))
    }
    guard outcome.status == 0 else { throw TestSite.Failure.refused(outcome.errorText) }
  }
}
