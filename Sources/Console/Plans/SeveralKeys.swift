internal import TrustModel

/// Several keys to which the same is to be done, as one change.
struct Several: Sendable {
  /// What is to be done.
  enum Verb: String { case disable, enable, remove }

  let verb: Verb
  let keys: [KeyInScope]
}

/// A key by its fingerprint and the names that it is for.
struct KeyInScope: Sendable, Hashable {
  let fingerprint: Fingerprint
  let scope: Scope
}
