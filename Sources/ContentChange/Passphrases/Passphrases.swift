public import TrustModel

/// Everybody who may know a passphrase, one after the other.
///
/// Whoever has one is tried once, then the next, in this order:
///
/// 1. `--passphrase-fd N`: one line for each request;
/// 2. `$CREDENTIALS_DIRECTORY`: `content-trust.ID`, then `content-trust.ROLE`;
/// 3. variables: `DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE` (root) or `_REPOSITORY_` (all others), then notary's
///    `NOTARY_{ROOT,TARGETS,SNAPSHOT,DELEGATION}_PASSPHRASE`, then docker's older `_OFFLINE_` (root), `_TARGET_`, `_SNAPSHOT_`,
///    `_TAGGING_`;
/// 4. a person at the terminal, up to four times for a key.
///
/// For a new key the first who has one decides. For another passphrase in place of an old one variables do not count, which hold
/// the old one.
public final class Passphrases: PassphraseSource {
  private let givers: [any PassphraseGiver]
  private let person: (any PassphrasePerson)?
  private let complain: (String) -> Void
  /// What was given for the last request, so that a line of the descriptor is read once.
  private var last: (request: KeyRequest, use: PassphraseUse, given: [GivenPassphrase])?

  /// How often a person is asked for a key.
  static let askings = 4

  /// Sources; nil for those that there are not.
  ///
  /// - Parameter complain: told what cannot be used, a sentence each.
  public init(
    descriptor: PassphraseDescriptor?, credentials: PassphraseCredentials?, variables: PassphraseVariables?,
    person: (any PassphrasePerson)?, complain: @escaping (String) -> Void
  ) {
    CoreDumps.prevent()
    givers = [descriptor as (any PassphraseGiver)?, credentials, variables].compactMap { $0 }
    (self.person, self.complain) = (PassphraseStandIn.person ?? person, complain)
  }

  /// The next passphrase to be tried.
  public func passphrase(for request: KeyRequest, attempt: Int) -> SecretOctets? {
    let given = given(for: request, .opening)
    guard attempt > given.count else { return given[attempt - 1].octets }
    guard attempt - given.count <= Self.askings else { return nil }
    return person?.passphrase(for: request, isRepeated: attempt > 1)
  }

  /// The passphrase for a new key.
  public func newPassphrase(for request: KeyRequest) -> SecretOctets? {
    given(for: request, .making).first?.octets ?? person?.newPassphrase(for: request)
  }

  /// The passphrase that takes the place of the one that a key has.
  public func replacement(for request: KeyRequest) -> SecretOctets? {
    given(for: request, .changing).first?.octets ?? person?.newPassphrase(for: request)
  }

  /// Who gave the one of an attempt.
  public func origin(for request: KeyRequest, attempt: Int) -> String? {
    let given = given(for: request, .opening)
    return attempt > given.count ? "the terminal" : given[attempt - 1].origin
  }

  private func given(for request: KeyRequest, _ use: PassphraseUse) -> [GivenPassphrase] {
    if let last, last.request == request, last.use == use { return last.given }
    let given = givers.flatMap { $0.passphrases(for: request, use, complain: complain) }
    last = (request, use, given)
    return given
  }
}

/// A person who can be asked.
public protocol PassphrasePerson {
  /// Asks for the passphrase of a key; nil where they give none.
  func passphrase(for request: KeyRequest, isRepeated: Bool) -> SecretOctets?
  /// Asks for a new one, twice; nil where they give none.
  func newPassphrase(for request: KeyRequest) -> SecretOctets?
}
