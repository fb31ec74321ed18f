internal import Stores
public import TrustModel
internal import TrustVerify

extension ChangePlanner {
  /// Makes a key count nowhere: an empty file in every scope in which the distribution ships it, and the administrator's
  /// own copies are taken away.
  ///
  /// - Throws: `ChangeError` where no layer holds the key, or a file cannot be read.
  public func disableEverywhere(_ fingerprint: Fingerprint) throws(ChangeError) -> Plan {
    let shipped = Set(places(of: fingerprint, in: .distribution))
    let scopes = shipped.union(places(of: fingerprint, in: .administrator)).sorted()
    guard !scopes.isEmpty else { throw administratorOnly(fingerprint) }
    var edits: [FileEdit] = []
    for scope in scopes {
      let location = KeyLocation(layer: .administrator, scope: scope, fingerprint: fingerprint)
      let before = try state(of: location)
      let after: FileState = shipped.contains(scope) ? .present([]) : .absent
      if before != after { edits.append(try edit(location, before, after)) }
    }
    guard !edits.isEmpty else { return .nothing("key \(fingerprint) is already disabled wherever it is") }
    let verb: Change.Verb = edits.allSatisfy { $0.after == .absent } ? .remove : .disable
    let own = edits.filter { $0.before != .absent && $0.before != .present([]) }
    return try plan(
      verb, "\(verb.rawValue) \(fingerprint) everywhere", of: edits,
      verb == .remove ? [] : own.map { "takes the administrator's own copy away, \($0.file)" })
  }

  /// Takes every empty file of a key away.
  public func enableEverywhere(_ fingerprint: Fingerprint) throws(ChangeError) -> Plan {
    let masks = masks(of: fingerprint).sorted()
    guard masks.count > 1 else { return try enable(fingerprint, in: masks.first) }
    return try every(.enable, fingerprint, masks)
  }

  /// Takes every copy of a key away that the administrator layer holds.
  ///
  /// - Throws: `ChangeError.notFound` where it holds none.
  public func removeEverywhere(_ fingerprint: Fingerprint) throws(ChangeError) -> Plan {
    let own = places(of: fingerprint, in: .administrator).sorted()
    guard own.count > 1 else { return try remove(fingerprint, in: own.first) }
    return try every(.remove, fingerprint, own)
  }

  private func every(_ verb: Change.Verb, _ fingerprint: Fingerprint, _ scopes: [Scope]) throws(ChangeError) -> Plan {
    var edits: [FileEdit] = []
    var warnings: [String] = []
    for scope in scopes {
      let step = verb == .enable ? try enabling(fingerprint, in: scope) : try removing(fingerprint, in: scope)
      guard case .edit(_, _, _, let edit, let more) = step else { continue }
      edits.append(edit)
      warnings += more
    }
    return try plan(verb, "\(verb.rawValue) \(fingerprint) everywhere", of: edits, warnings)
  }
}
