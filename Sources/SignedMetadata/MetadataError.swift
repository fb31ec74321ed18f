public import StrictJSON
public import TrustModel

/// Why a document of a role was refused.
public struct MetadataError: ReasonedError, Sendable, Equatable {
  /// The rule that is broken.
  public enum Rule: Sendable, Equatable {
    /// Not JSON as signed documents must be.
    case json(JSONError)
    /// A field is missing or of another kind; the associated text names it.
    case schema(String)
    /// `_type` names another role, or another dialect.
    case type(String)
    /// A `spec_version` that is not 1.
    case specificationVersion(String)
    /// A key whose identifier is not the digest of its contents.
    case keyID(String)
    /// A key that cannot be used: unknown, too weak, or not on its curve.
    case key(String)
    /// The same key identifier signs twice.
    case duplicateSignature(String)
    /// Fewer good signatures of different keys than the role demands.
    case threshold(good: Int, needed: Int)
    /// The version is lower than one that was seen.
    case rollback(seen: Int64, offered: Int64)
    /// The version is not the one that was asked for.
    case version(expected: Int64, offered: Int64)
    /// A role that the last snapshot listed is gone from the new one.
    case vanished(String)
    /// The root is not the one that the snapshot lists.
    case mixed
    /// The document has expired.
    case expired(Timestamp)
    /// The octets have another digest than the one that is signed.
    case hash
    /// The document is longer or shorter than what is signed.
    case length(expected: Int64, offered: Int64)
    /// The document is larger than the limit, in octets.
    case tooLong(limit: Int)
    /// Nothing lists this role.
    case unlisted
    /// The server does not have it.
    case absent
    /// It could not be fetched.
    case unreachable(String)
    /// The root is not one that the pins allow.
    case anchor(String)
    /// Nothing is pinned, and nobody has agreed to a root that was not trusted here before.
    case unagreed(String)
    /// The server has nothing, where this version of the root was trusted before.
    case withheld(seen: Int64)
    /// A version of the root is not on the server, and the latest one does not follow from the one before it.
    case gap(missing: Int64, latest: Int64)
    /// A certificate of the root does not fit.
    case certificate(String)
  }

  /// The role whose document it is.
  public let role: RoleName
  /// The broken rule.
  public let rule: Rule

  /// An error about the document of a role.
  public init(_ role: RoleName, _ rule: Rule) {
    (self.role, self.rule) = (role, rule)
  }

  /// The reason of the contract.
  public var reason: Reason {
    switch rule {
    case .json, .schema, .type, .specificationVersion, .keyID, .duplicateSignature, .tooLong: .malformed
    case .key, .certificate: .unfit
    case .threshold, .hash, .length: .tampered
    case .rollback, .version, .vanished, .mixed, .expired, .withheld, .gap: .stale
    case .unlisted, .absent: .unsigned
    case .anchor: .untrusted
    case .unagreed: .declined
    case .unreachable: .failed
    }
  }

  /// One sentence without anything that a terminal would act on.
  public var description: String { "\(VisibleText(role.text.text, limit: 80)) metadata \(explanation)" }

  private var explanation: String {
    switch rule {
    case .json(let error): "cannot be read: \(error)"
    case .schema(let field): "is malformed: \(VisibleText(field, limit: 120))"
    case .type(let found): "is of another kind: its _type is \(VisibleText(found, limit: 40))"
    case .specificationVersion(let found): "follows another specification: \(VisibleText(found, limit: 40))"
    case .keyID(let id): "has a key under the name \(VisibleText(id, limit: 80)), which is not its digest"
    case .key(let problem): "has a key that cannot be used: \(VisibleText(problem, limit: 120))"
    case .duplicateSignature(let id): "is signed twice by key \(VisibleText(id, limit: 80))"
    case .threshold(let good, let needed): "is signed by \(good) of its keys where \(needed) must sign"
    case .rollback(let seen, let offered): "was rolled back: version \(offered) is offered, \(seen) was seen before"
    case .version(let expected, let offered): "has version \(offered) where \(expected) was asked for"
    case .vanished(let name): "no longer lists \(VisibleText(name, limit: 80)), which it listed before"
    case .mixed: "is not the one that the signed snapshot lists: the server may withhold a newer one"
    case .expired(let moment): "expired on \(moment)"
    case .hash: "differs from the digest that is signed for it"
    case .length(let expected, let offered): "has \(offered) octets where \(expected) are signed for it"
    case .tooLong(let limit): "is larger than \(limit) octets"
    case .unlisted: "is not listed by anything that is trusted"
    case .absent: "is not on the server"
    case .unreachable(let cause): "cannot be fetched: \(cause)"
    case .anchor(let why): "cannot be trusted: \(why)"
    case .unagreed(let what): "cannot be trusted for the first time without a word from somebody: \(what)"
    case .withheld(let seen): "is not on the server, though version \(seen) was trusted here before: it may hide it"
    case .gap(let missing, let latest):
      "has a gap: version \(missing) is not on the server, and version \(latest) is not signed by the keys before it"
    case .certificate(let why): "has no certificate that counts: \(why)"
    }
  }
}
