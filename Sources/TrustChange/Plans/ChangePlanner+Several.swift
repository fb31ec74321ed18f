public import Stores
internal import TrustModel
internal import TrustVerify

extension ChangePlanner {
  /// What can be done to several keys at once.
  public enum SeveralVerb: String, Sendable {
    /// Keys of the distribution are switched off.
    case disable
    /// Empty files are taken away.
    case enable
    /// The administrator's key files are taken away.
    case remove

    fileprivate var verb: Change.Verb {
      switch self {
      case .disable: .disable
      case .enable: .enable
      case .remove: .remove
      }
    }
  }

  /// The most keys that one change is about.
  public static let severalLimit = 1000

  /// Does the same to several keys, each in its own scope, as one change: one entry in the log, all or none.
  ///
  /// A key that needs nothing, or that this cannot be done to, is left out with a note or a warning.
  ///
  /// - Throws: `ChangeError` where nothing remains to be done to any of them, or there are more than `severalLimit`.
  public func several(_ verb: SeveralVerb, _ keys: [KeyLocation]) throws(ChangeError) -> Plan {
    var seen: Set<KeyLocation> = []
    let keys = keys.filter { seen.insert($0).inserted }
    guard keys.count <= Self.severalLimit else {
      throw .ambiguous(
        "\(keys.count) keys are too many for one change: \(Self.severalLimit) at most; mark fewer of them")
    }
    var edits: [FileEdit] = []
    var (warnings, done, refused): ([String], [String], [ChangeError]) = ([], [], [])
    for key in keys {
      do throws(ChangeError) {
        switch try step(verb, key) {
        case .nothing(let sentence): done.append(sentence)
        case .edit(_, _, _, let edit, let more):
          edits.append(edit)
          warnings += more
        }
      } catch {
        // What stands in the way of writing stands in the way of all of them.
        guard error.isAboutOneKey else { throw error }
        refused.append(error)
      }
    }
    guard let first = edits.first?.location else {
      guard let error = refused.first else { return .nothing(Self.sentence(done)) }
      throw refused.count + done.count == 1 ? error : .ambiguous(Self.sentence(refused.map(\.description) + done))
    }
    if edits.count == 1, keys.count == 1 { return try plan(try step(verb, first)) }
    let left = Self.leftOut(refused.map(\.description))
    return try plan(verb.verb, Self.summary(verb, edits), of: edits, left + warnings).with {
      $0.notes += Self.leftOut(done)
    }
  }

  private func step(_ verb: SeveralVerb, _ key: KeyLocation) throws(ChangeError) -> KeyStep {
    switch verb {
    case .disable: try disabling(key.fingerprint, in: key.scope)
    case .enable: try enabling(key.fingerprint, in: key.scope)
    case .remove: try removing(key.fingerprint, in: key.scope)
    }
  }

  private static func summary(_ verb: SeveralVerb, _ edits: [FileEdit]) -> String {
    let scopes = Set(edits.compactMap { $0.location?.scope }).sorted()
    let more = scopes.count > 3 ? " and \(scopes.count - 3) more" : ""
    let keys = edits.count == 1 ? "1 key" : "\(edits.count) keys"
    return "\(verb.rawValue) \(keys) for \(scopes.prefix(3).map(\.words).joined(separator: ", "))\(more)"
  }

  /// The keys that are left out: the first of them with the reason, the others by their number.
  private static func leftOut(_ reasons: [String]) -> [String] {
    let more = reasons.count - 5
    return reasons.prefix(5).map { "left out: \($0)" }
      + (more > 0 ? ["left out: \(more) more \(more == 1 ? "key" : "keys") in the same way"] : [])
  }

  /// Why nothing is to be done, for as many keys as can be read.
  private static func sentence(_ reasons: [String]) -> String {
    guard reasons.count > 1 else { return reasons.first ?? "no key was named" }
    let more = reasons.count > 3 ? "; and \(reasons.count - 3) more" : ""
    return "none of these \(reasons.count) keys: \(reasons.prefix(3).joined(separator: "; "))\(more)"
  }
}

extension ChangeError {
  /// Whether the change may still be right for other keys.
  fileprivate var isAboutOneKey: Bool {
    switch self {
    case .notFound, .ambiguous, .unfit, .wouldReplace: true
    case .changedSincePlan, .changedSinceChange, .permission, .symbolicLink, .system, .undetermined: false
    }
  }
}
