internal import ReadCommands
internal import Stores
internal import StrictJSON
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// Shows the plan of a restore, asks, applies store by store, and says how to take each back.
struct RestoreRunner {
  /// What has become of one store.
  private enum Outcome {
    case done(id: Int)
    case failed(ChangeError)
  }

  let plan: RestorePlan
  let file: String
  let options: CommonOptions
  let change: ChangeOptions

  /// Runs the plan; `isAgreed` where nobody needs to be asked.
  func run(isAgreed: Bool, with runner: ChangeRunner) throws {
    let output = Output(options)
    // Of a dry run the plan is the result.
    if !change.dryRun || options.json { for line in plan.text { output.message(line) } }
    let refused = plan.refusals.count
    guard refused == 0 else {
      if change.dryRun, !options.json { for line in plan.text { output.message(line) } }
      throw CommandFailure(
        .declined,
        "\(refused == 1 ? "1 file" : "\(refused) files") would be overwritten (refuse, above), and nothing was restored;"
          + " to overwrite them: --force (what they hold is kept, and undo brings it back); to leave a store out: --only"
      )
    }
    guard !plan.changes.isEmpty else {
      return try report([], "nothing to restore: what the backup holds is here already", in: output)
    }
    if change.dryRun { return try report([], nil, in: output) }
    if !isAgreed { try ask() }
    let outcomes = plan.changes.map { planned -> (Change, Outcome) in
      do throws(ChangeError) {
        return (planned, .done(id: try runner.log.apply(planned, reason: change.reason, at: runner.now)))
      } catch {
        return (planned, .failed(error))
      }
    }
    try report(outcomes, nil, in: output)
  }

  private func ask() throws {
    guard Environment.canAsk || change.ask else {
      throw CommandFailure(.declined, "there is nobody to ask: to restore without a question, add --yes")
    }
    while true {
      Output.complain("Restore these files? Type yes or no:")
      guard let answer = readLine() else {
        throw CommandFailure(.declined, "the answer ended without yes or no: nothing was restored")
      }
      switch answer {
      case "yes": return
      case "no": throw CommandFailure(.declined, "nothing was restored")
      default: continue
      }
    }
  }

  private func report(_ outcomes: [(Change, Outcome)], _ nothing: String?, in output: Output) throws {
    try output.result(document(outcomes, nothing)) { _ in
      if let nothing { return [nothing] }
      if change.dryRun { return plan.text + ["dry run: nothing was changed"] }
      return outcomes.flatMap { planned, outcome -> [String] in
        guard case .done(let id) = outcome else { return [] }
        return [
          "done: \(planned.summary)",
          "to take it back: " + (["keyreeve", "undo", "\(id)"] + options.machineArguments).joined(separator: " "),
        ]
      }
    }
    var reason: Reason?
    for case (let planned, .failed(let error)) in outcomes {
      output.message("failed, and nothing of it is left: \(planned.summary): \(error)")
      reason = reason ?? error.reason
    }
    if let reason { throw CommandEnd(reason) }
  }

  private func document(_ outcomes: [(Change, Outcome)], _ nothing: String?) -> JSON {
    let applied = outcomes.compactMap { outcome -> JSON? in
      guard case (let planned, .done(let id)) = outcome else { return nil }
      return planned.document(id: id, machine: options.machineArguments)
    }
    let failures = outcomes.compactMap { outcome -> JSON? in
      guard case (let planned, .failed(let error)) = outcome else { return nil }
      return ["message": JSON("\(planned.summary): \(error)"), "reason": JSON(error.reason.rawValue)]
    }
    let planned = change.dryRun ? plan.changes.map { $0.document(id: nil, machine: []) } : applied
    return [
      "schema": "keyreeve.restore/1", "file": JSON(file), "applied": .bool(!applied.isEmpty),
      "dryRun": .bool(change.dryRun), "message": JSON(nothing ?? "restore \(plan.source)"),
      "changes": .array(planned), "failures": .array(failures),
      "files": .array(
        plan.parts.flatMap(\.rows).map { row in
          ["file": JSON(row.file), "action": JSON(row.action.rawValue), "words": JSON(row.words)]
        }),
    ]
  }
}
