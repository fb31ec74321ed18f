internal import ReadCommands
internal import TrustModel
internal import TrustVerify

// The audit as questions.

extension PlainSession {
  /// The findings, and what can be done about the one that is chosen.
  func audit() throws(Dialog.NoAnswer) {
    while true {
      guard let findings = try? AuditRun(options, at: SystemClock.now).findings, !findings.isEmpty else {
        return look(["audit"])
      }
      let lines = findings.map { "\($0.severity.rawValue): \($0.message)" + ($0.ignored == nil ? "" : " (ignored)") }
      let finding = findings[try NumberedList(heading: "Findings", lines: lines).choose(dialog)]
      try leaving { () throws(Dialog.NoAnswer) in try decide(finding) }
    }
  }

  private func decide(_ finding: Finding) throws(Dialog.NoAnswer) {
    var actions: [(title: String, run: () throws(Dialog.NoAnswer) -> Void)] = []
    if let fix = finding.fix {
      actions.append(("mend it: \(ShellText.line(fix))", { () throws(Dialog.NoAnswer) in mend(fix) }))
    }
    let words = [finding.id, finding.file ?? ""]
    if finding.ignored == nil {
      actions.append(
        (
          "ignore it, for a reason",
          { () throws(Dialog.NoAnswer) in
            let reason = try dialog.text("Why? keyreeve audit --all shows it")
            run(["ignore", "--reason=\(reason)"], words)
          }
        ))
    } else {
      actions.append(("heed it again", { () throws(Dialog.NoAnswer) in run(["ignore", "--undo"], words) }))
    }
    dialog.say("", finding.message)
    try actions[try dialog.choice("Finding \(finding.id)", actions.map(\.title))].run()
  }

  /// A plan of ours is shown and asked about; a command of the shell is only named.
  private func mend(_ fix: [String]) {
    guard fix.first == "keyreeve" else { return dialog.say("To do it: \(ShellText.line(["sudo"] + fix))") }
    let machine = options.machineArguments
    let words = Array(fix.dropFirst())
    change(words.suffix(machine.count).elementsEqual(machine) ? words.dropLast(machine.count) : words)
  }

  /// A decision is the user's own: it needs no plan.
  private func run(_ command: [String], _ operands: [String]) {
    isStoreReadOnly ? offer(command, operands) : look(command, operands)
  }
}
