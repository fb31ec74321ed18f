internal import Stores
internal import TrustChange
internal import TrustModel

extension PlanRequest {
  /// Why, for the log; nil where nothing was asked.
  var reason: String? {
    switch self {
    case .trust(_, let reason), .rotate(_, _, let reason): reason
    default: nil
    }
  }

  /// What the button says that carries it out.
  func button(for change: Change) -> String {
    if case .redo = self { "Redo" } else { change.verb.rawValue.capitalizedFirst }
  }

  /// How much a change is about, for a heading: several keys, or every scope of one.
  func extent(of change: Change) -> String {
    switch self {
    case .several where change.edits.count > 1: " \(change.edits.count) keys"
    case .everywhere where change.edits.count > 1: " everywhere"
    default: ""
    }
  }

  /// The request for the same change in every scope of its key; nil where it is about more than one key, or all of it.
  var wider: PlanRequest? {
    switch self {
    case .disable(let fingerprint, _): .everywhere(.disable, fingerprint)
    // Whoever removes a key that counts elsewhere too wants it to count nowhere.
    case .remove(let fingerprint, _): .everywhere(.disable, fingerprint)
    case .enable(let fingerprint, _): .everywhere(.enable, fingerprint)
    case .several(let several) where several.keys.count == 1: several.keys.first?.request(several.verb).wider
    default: nil
    }
  }

  /// The command lines that do the same as a change that was planned for this request, each as words.
  func commands(for change: Change) -> [[String]] {
    switch self {
    case .disable(let fingerprint, let scope): [["disable", "\(fingerprint)"] + scope.words]
    case .enable(let fingerprint, let scope): [["enable", "\(fingerprint)"] + scope.words]
    case .remove(let fingerprint, let scope): [["remove", "\(fingerprint)"] + scope.words]
    case .removeStray(let file): [["remove", "--file", file]]
    case .retire(let fingerprint, let scope): [["rotate"] + scope.words + ["--from", "\(fingerprint)", "--finish"]]
    case .several(let several):
      // Keys that were left out need no command.
      several.keys.filter { key in change.edits.contains { $0.location == key.location } }.flatMap {
        $0.request(several.verb).commands(for: change)
      }
    case .everywhere(_, let fingerprint): [[change.verb.rawValue, "\(fingerprint)", "--everywhere"]]
    case .trust(let key, _): [["trust"] + key.words + ["--fingerprint", "\(key.fingerprint)"] + key.replacement]
    case .rotate(let key, let days, _): [key.rotation(days: days)]
    case .undo, .redo: change.undoes.map { [["undo", "\($0)"]] } ?? []
    }
  }
}

extension KeyInScope {
  /// Its place in the administrator's layer.
  var location: KeyLocation { KeyLocation(layer: .administrator, scope: scope, fingerprint: fingerprint) }

  /// The request for one change to it.
  func request(_ verb: Several.Verb) -> PlanRequest {
    switch verb {
    case .disable: .disable(fingerprint, scope)
    case .enable: .enable(fingerprint, scope)
    case .remove: .remove(fingerprint, scope)
    }
  }
}

extension Several.Verb {
  /// The same for a planner.
  var planned: ChangePlanner.SeveralVerb {
    switch self {
    case .disable: .disable
    case .enable: .enable
    case .remove: .remove
    }
  }
}

extension Scope {
  /// The options that name it on a command line.
  fileprivate var words: [String] { option.split(separator: " ").map(String.init) }
}

extension ReviewedKey {
  /// Scope and source on a command line; what discovery found, it finds again.
  fileprivate var words: [String] {
    purpose.scope.words + (review.isDiscovered ? [] : [review.source])
  }

  fileprivate var replacement: [String] { replaces ? ["--replace"] : [] }

  fileprivate func rotation(days: Int?) -> [String] {
    guard case .rotate(let old, let scope) = purpose else { return [] }
    return ["rotate"] + scope.words
      + ["--from", "\(old)", "--to", review.source, "--fingerprint", "\(fingerprint)"]
      + (days.map { ["--overlap", "\($0)"] } ?? []) + replacement
  }
}
