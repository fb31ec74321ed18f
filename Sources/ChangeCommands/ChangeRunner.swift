internal import OpenPGP
internal import ReadCommands
internal import Stores
internal import StrictJSON
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// Prints a plan, applies it, and says how to take it back: the same for every changing command.
struct ChangeRunner {
  let options: CommonOptions
  let change: ChangeOptions
  let now: Timestamp
  private let output: Output

  init(_ options: CommonOptions, _ change: ChangeOptions) {
    self.options = options
    self.change = change
    now = SystemClock.now
    output = Output(options)
  }

  /// The log of this user's changes.
  var log: ChangeLog {
    ChangeLog(sysroot: options.machine, state: options.state, author: CurrentAuthor.value)
  }

  /// A planner over the layers as they are, with the keys judged that concern one fingerprint or scope.
  func planner(judging isWanted: (LoadedKey) -> Bool) -> ChangePlanner {
    recover()
    var inventory = KeyInventory(options.layers)
    output.progress("read \(inventory.keys.count) key files")
    inventory.judge(by: CertificateJudge(), at: now, where: isWanted)
    return ChangePlanner(inventory, layers: options.layers, at: now)
  }

  /// A planner for keys that come or go in one scope: judged are those for its names, for some of them or for more, and
  /// the copies of `fingerprint` wherever they are.
  func planner(for scope: Scope, and fingerprint: Fingerprint? = nil) -> ChangePlanner {
    planner { key in
      scope.covers(key.file.scope) || key.file.scope.covers(scope)
        || fingerprint != nil && key.file.fingerprint == fingerprint
    }
  }

  /// Shows the plan and, unless this is a dry run, applies it.
  ///
  /// - Parameter found: what a review has found, as the reason where none was given.
  func run(_ plan: Plan, found: String? = nil) throws {
    switch plan.weighed(by: options.images, at: now) {
    case .nothing(let sentence):
      let document: JSON = [
        "schema": "keyreeve.change/1", "applied": .bool(false), "dryRun": .bool(change.dryRun),
        "message": JSON(sentence), "id": .null, "edits": .array([]),
      ]
      try output.result(document) { _ in [sentence] }
    case .change(let planned):
      // Of a dry run the plan is the result.
      if !change.dryRun || options.json { for line in planned.text { output.message(line) } }
      if change.dryRun { return try report(planned, id: nil) }
      if change.ask { try PlanQuestion(change: planned).ask() }
      let id = try log.apply(planned, reason: change.reason ?? found, at: now)
      try report(planned, id: id)
    }
  }

  private func report(_ planned: Change, id: Int?) throws {
    try output.result(planned.document(id: id, machine: options.machineArguments)) { _ in
      guard let id else { return planned.text + ["dry run: nothing was changed"] }
      return [
        "done: \(planned.summary)",
        "to take it back: " + (["keyreeve", "undo", "\(id)"] + options.machineArguments).joined(separator: " "),
      ]
    }
  }

  /// Finishes what an earlier process left half done; a failure shows again when the change itself is tried.
  private func recover() {
    guard !change.dryRun, let done = try? log.recover(at: now) else { return }
    for line in done { output.message("note: \(line)") }
  }
}
