internal import Glibc
internal import TrustModel

/// Variables of docker and notary, of today and of earlier versions: their octets go straight into locked memory.
///
/// A variable stays readable for whoever may look at the process: for what runs by itself, a descriptor or a folder of credentials is
/// better. Source: reference/docker-content-trust.md, section 5.
public struct PassphraseVariables: PassphraseGiver {
  /// Variables as they are in the process.
  public init() {}

  /// The names for a role, today's first: docker's, the one that notary knows, and those that docker has dropped.
  public static func names(for role: String) -> [String] {
    func docker(_ names: String...) -> [String] { names.map { "DOCKER_CONTENT_TRUST_\($0)_PASSPHRASE" } }
    switch role {
    case "root": return docker("ROOT") + ["NOTARY_ROOT_PASSPHRASE"] + docker("OFFLINE")
    case "targets": return docker("REPOSITORY") + ["NOTARY_TARGETS_PASSPHRASE"] + docker("TARGET", "TAGGING")
    case "snapshot": return docker("REPOSITORY") + ["NOTARY_SNAPSHOT_PASSPHRASE"] + docker("SNAPSHOT", "TAGGING")
    default: return docker("REPOSITORY") + ["NOTARY_DELEGATION_PASSPHRASE"] + docker("TAGGING")
    }
  }

  /// Those that are set and not empty; none for a change, since a variable holds the passphrase that the key has.
  func passphrases(
    for request: KeyRequest, _ use: PassphraseUse, complain: (String) -> Void
  ) -> [GivenPassphrase] {
    guard use != .changing else { return [] }
    return Self.names(for: request.role).compactMap { name in
      guard let octets = Self.value(name), !octets.isEmpty else { return nil }
      guard octets.count <= GivenPassphrase.limit else {
        complain("\(name) is longer than \(GivenPassphrase.limit) octets, and is not used")
        return nil
      }
      return GivenPassphrase(octets: octets, origin: name)
    }
  }

  private static func value(_ name: String) -> SecretOctets? {
    guard let value = unsafe getenv(name) else { return nil }
    let length = unsafe strnlen(value, GivenPassphrase.limit + 1)
    return unsafe SecretOctets(UnsafeRawBufferPointer(start: value, count: length))
  }
}
