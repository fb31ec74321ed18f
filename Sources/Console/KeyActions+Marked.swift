internal import TrustChange
internal import TrustModel

extension KeyActions {
  /// Does to all marked keys what a command does to one; nil where it is about one key only.
  static func perform(_ command: Command, onMarked rows: [KeyRow], _ context: Context) -> [Effect]? {
    let (verb, word): (Several.Verb, String)
    switch command {
    case .disable: (verb, word) = (.disable, "disable")
    case .enable: (verb, word) = (.enable, "enable")
    case .remove: (verb, word) = (.remove, "remove")
    default: return nil
    }
    let keys = rows.compactMap { row in row.fingerprint.map { KeyInScope(fingerprint: $0, scope: row.scope) } }
    guard let first = keys.first else { return [.say("None of the marked rows is a key file.")] }
    guard !context.isReadOnly else {
      let words = "\(word) \(first.fingerprint) \(first.scope.option)"
      let others = keys.count == 1 ? "" : ", and so on for \(keys.count - 1) more"
      return [.say("Read-only here: " + context.commandLine(words) + others)]
    }
    return [.work(.plan(.several(Several(verb: verb, keys: keys))))]
  }
}
