internal import Stores
internal import TrustModel

/// Goes through the directories that concern a name, from the widest scope to the narrowest, in each the distribution's before the
/// administrator's, and says what each file does.
///
/// The answer does not depend on this order (CONTRACT, rules 1 to 3); the trace only shows how it comes about.
struct ExplanationTrace {
  private let keys: [LoadedKey]
  private let rows: [String: ConsideredKey]
  private let accepted: Set<String>
  /// The files whose key counts so far.
  private var counting: [String: Fingerprint] = [:]

  /// A trace for the keys that concern the name, with the row of each file and the files that are accepted in the end.
  init(_ keys: [LoadedKey], rows: [String: ConsideredKey], accepted: Set<String>) {
    (self.keys, self.rows, self.accepted) = (keys, rows, accepted)
  }

  /// The steps.
  mutating func steps() -> [ExplanationStep] {
    var steps: [ExplanationStep] = []
    for scope in Set(keys.map(\.file.scope)).sorted() {
      for layer in [Layer.distribution, .administrator] {
        let here = keys.filter { $0.file.scope == scope && $0.file.layer == layer }
        guard !here.isEmpty else { continue }
        let files = here.map { step($0.file) }
        steps.append(ExplanationStep(layer: layer, scope: scope, files: files, count: counting.count))
      }
    }
    return steps
  }

  private mutating func step(_ file: KeyFile) -> ExplanationStep.File {
    let row = rows[file.path]
    func done(_ effect: ExplanationStep.Effect, _ detail: String? = nil) -> ExplanationStep.File {
      ExplanationStep.File(effect: effect, fingerprint: file.fingerprint, path: file.path, detail: detail)
    }
    guard let fingerprint = file.fingerprint else { return done(.nothing, row?.detail) }
    let twin = file.layer == .administrator ? counting.removeValue(forKey: twinPath(file)) : nil
    if file.isMask {
      let gone = counting.filter { $0.value == fingerprint && rows[$0.key]?.by == file.path }.map(\.key)
      for path in gone { counting[path] = nil }
      return done(
        gone.isEmpty && twin == nil ? .nothing : .masks, gone.isEmpty && twin == nil ? "nothing to mask here" : nil)
    }
    if accepted.contains(file.path) {
      counting[file.path] = fingerprint
      return done(twin == nil ? .adds : .replaces)
    }
    guard isTakenLater(row) else { return done(twin == nil ? .nothing : .hides, row?.detail ?? row?.status.rawValue) }
    counting[file.path] = fingerprint
    return done(.adds)
  }

  private func twinPath(_ file: KeyFile) -> String {
    KeyLocation.directory(of: file.scope, in: .distribution) + "/" + file.name
  }

  /// Whether only an administrator's file that is read later takes the key away.
  private func isTakenLater(_ row: ConsideredKey?) -> Bool {
    guard let row, row.layer == .distribution, let by = row.by, let taker = rows[by] else { return false }
    guard row.status == .disabled || row.status == .overridden else { return false }
    return row.scope == taker.scope || row.scope.covers(taker.scope)
  }
}
