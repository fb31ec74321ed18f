internal import OpenPGP
public import Stores
public import TrustModel
public import TrustVerify

/// Makes plans for changes from what the layers hold; writes nothing.
public struct ChangePlanner: Sendable {
  let inventory: KeyInventory
  let layers: KeyLayers
  /// The moment that the plans are made for.
  public let now: Timestamp

  /// A planner over what was read and judged at the moment `now`.
  public init(_ inventory: KeyInventory, layers: KeyLayers, at now: Timestamp) {
    (self.inventory, self.layers, self.now) = (inventory, layers, now)
  }

  /// Switches a key off in one scope by an empty administrator file.
  ///
  /// Without a scope, the one in which the distribution ships the key.
  ///
  /// - Throws: `ChangeError` where no such key is shipped and no scope is given, or where several scopes hold it.
  public func disable(_ fingerprint: Fingerprint, in scope: Scope? = nil) throws(ChangeError) -> Plan {
    try plan(try disabling(fingerprint, in: scope))
  }

  func disabling(_ fingerprint: Fingerprint, in scope: Scope?) throws(ChangeError) -> KeyStep {
    let shipped = places(of: fingerprint, in: .distribution)
    let scope = try chosen(scope, of: shipped, fingerprint, verb: "disable", orElse: administratorOnly(fingerprint))
    let location = KeyLocation(layer: .administrator, scope: scope, fingerprint: fingerprint)
    let before = try state(of: location)
    if before == .present([]) {
      return .nothing("key \(fingerprint) is already disabled for \(scope.words) by \(location.file)")
    }
    if before != .absent, !shipped.contains(scope) { throw administratorOnly(fingerprint, scope) }
    var warnings: [String] = []
    if !shipped.contains(where: { scope.covers($0) || $0.covers(scope) }) {
      warnings.append("the distribution ships no such key for \(scope.words): the empty file disables nothing today")
    }
    return .edit(.disable, fingerprint, scope, try edit(location, before, .present([])), warnings)
  }

  /// Takes the empty administrator file of a key away.
  public func enable(_ fingerprint: Fingerprint, in scope: Scope? = nil) throws(ChangeError) -> Plan {
    try plan(try enabling(fingerprint, in: scope))
  }

  func enabling(_ fingerprint: Fingerprint, in scope: Scope?) throws(ChangeError) -> KeyStep {
    let masks = masks(of: fingerprint)
    if masks.isEmpty || scope.map({ !masks.contains($0) }) == true {
      let place = scope.map { " for \($0.words)" } ?? ""
      if inventory.keys.contains(where: { $0.file.fingerprint == fingerprint && $0.file.nature == .candidate }) {
        return .nothing("key \(fingerprint) is not disabled\(place) by a file of its own")
      }
      throw .notFound("no key and no empty file of fingerprint \(fingerprint)\(place); see keyreeve keys")
    }
    let scope = try chosen(scope, of: masks, fingerprint, verb: "enable", orElse: .notFound("\(fingerprint)"))
    let location = KeyLocation(layer: .administrator, scope: scope, fingerprint: fingerprint)
    return .edit(.enable, fingerprint, scope, try edit(location, try state(of: location), .absent))
  }

  /// Takes an administrator's key file away.
  public func remove(_ fingerprint: Fingerprint, in scope: Scope? = nil) throws(ChangeError) -> Plan {
    try plan(try removing(fingerprint, in: scope))
  }

  func removing(_ fingerprint: Fingerprint, in scope: Scope?) throws(ChangeError) -> KeyStep {
    let own = places(of: fingerprint, in: .administrator)
    if own.isEmpty || scope.map({ !own.contains($0) }) == true {
      let place = scope.map { " for \($0.words)" } ?? ""
      let hint =
        places(of: fingerprint, in: .distribution).isEmpty
        ? "see keyreeve keys" : "the distribution's own is switched off with: keyreeve disable \(fingerprint)\(machine)"
      throw .notFound("the administrator layer holds no key \(fingerprint)\(place); \(hint)")
    }
    let scope = try chosen(scope, of: own, fingerprint, verb: "remove", orElse: .notFound("\(fingerprint)"))
    let location = KeyLocation(layer: .administrator, scope: scope, fingerprint: fingerprint)
    var warnings: [String] = []
    if places(of: fingerprint, in: .distribution).contains(scope) {
      warnings.append(
        "the distribution ships this key too, and its copy counts again afterwards; to switch that off as well:"
          + " keyreeve disable \(fingerprint) \(scope.option)\(machine)")
    }
    return .edit(.remove, fingerprint, scope, try edit(location, try state(of: location), .absent), warnings)
  }

  /// Takes back a change of the log: every file returns to what it held before.
  ///
  /// Signed metadata of content trust stays, with a warning, where it was updated since or would go back to a lower
  /// version.
  ///
  /// - Throws: `ChangeError.changedSinceChange` where a file is no longer what the change left.
  public func undo(_ entry: JournalEntry, contents: (String) -> [UInt8]?) throws(ChangeError) -> Plan {
    if let lasting = entry.lasting {
      throw .ambiguous("change \(entry.id) has no undo (\(entry.summary)): \(VisibleText(lasting.back))")
    }
    if let other = entry.undoneBy { return .nothing("change \(entry.id) was already taken back by change \(other)") }
    guard entry.outcome == .done else {
      return .nothing("change \(entry.id) is not in force (\(entry.outcome.rawValue)): there is nothing to take back")
    }
    var edits: [FileEdit] = []
    var warnings: [String] = []
    for old in entry.edits.reversed() {
      guard let place = old.place else {
        throw .ambiguous("change \(entry.id) is about \(VisibleText(old.file)), which is no place of a trusted key")
      }
      let now = try state(of: place)
      guard now.digest == old.after else {
        guard place.isMetadata else { throw .changedSinceChange(file: old.file, id: entry.id) }
        warnings.append("\(place.file) stays: it has been updated since")
        continue
      }
      var before = FileState.absent
      if let digest = old.before {
        guard let octets = contents(digest) else {
          throw .notFound("what \(old.file) held before change \(entry.id) is no longer kept")
        }
        before = .present(octets)
      }
      if place.isMetadata, let words = MetadataRule.refusal(of: before, over: now) {
        warnings.append("\(place.file) stays: \(words)")
      } else {
        edits.append(FileEdit(place, before: now, after: before, isPrivate: old.isPrivate))
      }
    }
    if edits.isEmpty, !warnings.isEmpty {
      return .nothing("change \(entry.id) is not taken back: \(warnings.joined(separator: "; "))")
    }
    return try plan(.undo, "undo change \(entry.id): \(entry.summary)", edits, warnings, undoes: entry.id)
  }
}

extension ChangePlanner {
  func plan(
    _ verb: Change.Verb, _ summary: String, _ edits: [FileEdit], _ warnings: [String] = [], undoes: Int? = nil,
    adding certificates: [Fingerprint: Certificate] = [:], retirement: JournalEntry.Retirement? = nil,
    differences: [KeyDifference] = []
  ) throws(ChangeError) -> Plan {
    let forecast = Forecast(inventory: inventory, now: now)
    return .change(
      Change(
        verb, summary: summary, edits: edits, effects: forecast.effects(of: edits, adding: certificates),
        warnings: warnings, undoes: undoes, retirement: retirement, differences: differences))
  }

  /// What a suggested command needs to work on the same machine.
  var machine: String { layers.sysroot.isMachine ? "" : " --sysroot \(VisibleText(layers.sysroot.path))" }

  func state(of location: KeyLocation) throws(ChangeError) -> FileState {
    do {
      return try layers.contents(at: location).map(FileState.present) ?? .absent
    } catch {
      throw ChangeError(error)
    }
  }

  func state(of place: StorePlace) throws(ChangeError) -> FileState {
    try TrustWriter(sysroot: layers.sysroot).state(of: place)
  }

  func edit(_ location: KeyLocation, _ before: FileState, _ after: FileState) throws(ChangeError) -> FileEdit {
    guard let edit = FileEdit(location, before: before, after: after) else {
      throw .permission(location.file)
    }
    return edit
  }

  func places(of fingerprint: Fingerprint, in layer: Layer) -> [Scope] {
    inventory.keys.lazy.map(\.file).filter {
      $0.layer == layer && $0.fingerprint == fingerprint && $0.nature == .candidate
    }.map(\.scope)
  }

  /// The scope asked for, or else the only one there is.
  private func chosen(
    _ wanted: Scope?, of scopes: [Scope], _ fingerprint: Fingerprint, verb: String, orElse missing: ChangeError
  ) throws(ChangeError) -> Scope {
    if let wanted { return wanted }
    guard let first = scopes.first else { throw missing }
    guard scopes.count == 1 else {
      let choices = scopes.map(\.option).joined(separator: ", ")
      throw .ambiguous("key \(fingerprint) is in several scopes; say which one to \(verb): \(choices)")
    }
    return first
  }

  func administratorOnly(_ fingerprint: Fingerprint, _ scope: Scope? = nil) -> ChangeError {
    guard !places(of: fingerprint, in: .administrator).isEmpty else {
      return .notFound(
        "no layer holds a key \(fingerprint); to switch it off before the distribution ships it, name the scope with"
          + " --prefix or --root")
    }
    return .ambiguous(
      "key \(fingerprint) is the administrator's own: disabling is for the distribution's keys; use: keyreeve remove"
        + " \(fingerprint)\(scope.map { " " + $0.option } ?? "")\(machine)")
  }
}
