import BuildFiles
import ContentTrust
import SignedMetadata
import StrictJSON
import TrustModel

/// A reader of outside input, for fuzzers: whatever the octets are, it must end, and what it says must hold.
///
/// Source: reference/security.md, section 3.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Any JSON.
  case json
  /// Documents of The Update Framework, in both dialects.
  case metadata
  /// Files of private keys.
  case pem
  /// Certificates of Notary's keys.
  case certificate
  /// Dockerfiles.
  case dockerfile
  /// Compose files.
  case compose

  /// The moment at which everything is judged.
  private static let now = Timestamp(seconds: 1_800_000_000)

  /// Reads the octets; true where they were taken for what they should be.
  @discardableResult
  public func run(_ octets: [UInt8]) -> Bool {
    switch self {
    case .json: Self.json(octets)
    case .metadata: Self.metadata(octets)
    case .pem: Self.pem(octets)
    case .certificate: Self.certificate(octets)
    case .dockerfile: Self.dockerfile(octets)
    case .compose: Self.compose(octets)
    }
  }

  /// What was read can be written, and read again as the same.
  private static func json(_ octets: [UInt8]) -> Bool {
    let canonical = CanonicalObject(in: octets, at: 0, depth: 64, listing: "targets")
    let isCanonical = canonical?.range == octets.indices
    guard let tree = try? JSON.parse(octets) else {
      precondition(!isCanonical, "canonical form of what is no JSON")
      return false
    }
    precondition(!isCanonical || tree.canonicalForm == octets, "canonical form that is another one when made")
    precondition((try? JSON.parse(tree.encoded(pretty: true))) == tree, "a tree that is another one when written")
    precondition((try? JSON.parse(tree.encoded(pretty: false))) == tree, "a tree that is another one when written")
    return true
  }

  private static func metadata(_ octets: [UInt8]) -> Bool {
    guard let repository = try? Repository("example.com/team/app") else { return false }
    var wasRead = false
    for dialect in [Dialect.tuf, .notary] {
      let kept = KeptMetadata(root: octets)
      wasRead = (try? MetadataUpdate(dialect, from: kept, mayServeKept: true, at: now)) != nil || wasRead
    }
    wasRead = (try? FirstRoot(octets, of: repository, at: now)) != nil || wasRead
    let listed = [try? ListedRoles(root: octets), try? ListedRoles(targets: octets, of: .targets)].compactMap { $0 }
    for (_, keys) in listed.flatMap(\.roles) {
      precondition(keys.threshold >= 1, "a threshold below one")
      precondition(keys.keys.allSatisfy { $0.id.description.utf8.count == 64 }, "an identifier that is none")
    }
    return wasRead || !listed.isEmpty
  }

  private static func pem(_ octets: [UInt8]) -> Bool {
    var wasRead = file(octets)
    for label in ["PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ED25519 PRIVATE KEY"] {
      wasRead = file(wrapped(octets, label)) || wasRead
    }
    return wasRead
  }

  /// A refusal repeats nothing that a terminal would act on.
  private static func file(_ octets: [UInt8]) -> Bool {
    guard var secret = SecretBuffer(capacity: octets.count) else { return false }
    for octet in octets { _ = secret.append(octet) }
    do {
      let file = try SigningKeyFile(secret)
      precondition((file.publicKey == nil) == (file.protection != .none), "a public half of an encrypted key")
      precondition(file.protection.description.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }, "words of an octet")
      return true
    } catch {
      precondition("\(error)".utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }, "words of an octet")
      return false
    }
  }

  private static func certificate(_ octets: [UInt8]) -> Bool {
    let read = [octets, wrapped(octets, "CERTIFICATE")].compactMap { KeyCertificate.authorities($0) }
    for certificate in read.flatMap(\.self) { _ = "\(certificate.notAfter)\(certificate.material.algorithm)" }
    return !read.isEmpty
  }

  /// The octets as the body of a PEM block.
  private static func wrapped(_ octets: [UInt8], _ label: String) -> [UInt8] {
    var lines = "-----BEGIN \(label)-----\n"
    var rest = Base64.encode(octets)[...]
    while !rest.isEmpty {
      lines += String(decoding: rest.prefix(64), as: UTF8.self) + "\n"
      rest = rest.dropFirst(64)
    }
    return Array((lines + "-----END \(label)-----\n").utf8)
  }
}
