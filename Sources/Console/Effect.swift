internal import Fetch
internal import TrustChange
internal import TrustModel

/// What a screen wants done: values that the model and its worker carry out.
enum Effect: Sendable {
  /// Shows a screen on top of this one.
  case open(any ConsoleScreen)
  /// Shows a screen in place of all others.
  case switchTo(any ConsoleScreen)
  /// Closes the screen.
  case close
  /// Shows one line to the person.
  case say(String)
  /// Puts text into the clipboard.
  case copy(String)
  /// Does a command on the screen that is shown now, as its key would.
  case perform(Command)
  /// Takes the mouse, or leaves it to the terminal.
  case useMouse(Bool)
  /// Drops what was typed ahead: a question opens that must not be answered by it.
  case dropTypeAhead
  /// Work beside the loop.
  case work(Job)
  /// Has the images of the store listed, where that was not done yet.
  case needImages
  /// Has the repositories of content trust listed, where that was not done yet.
  case needContent
  /// Has them listed anew.
  case lookAtContent
  /// Ends work beside the loop early.
  case stop(Cancellation)
  /// Has a passphrase typed, past every queue and text; the screen that is shown takes it.
  case askSecret
}

/// Work that reads or writes, done beside the loop; its outcome comes back as a `News`.
enum Job: Sendable {
  /// Reads the layers and the log, then judges the keys; later looks have higher numbers.
  case load(number: Int)
  /// The same, but only if the files are no longer those of this machine.
  case loadIfChanged(Machine, number: Int)
  /// Makes a plan.
  case plan(PlanRequest)
  /// Reads and judges keys for review.
  case review(KeyOrder)
  /// Applies a change; where a file has changed since, what was asked for is planned anew.
  case apply(Change, reason: String?, request: PlanRequest? = nil)
  /// Works on the image store.
  case images(ImageJob)
  /// Reads repositories of content trust.
  case content(ContentJob)
  /// Makes, checks or plans to restore a backup.
  case backup(BackupOrder)
  /// Runs a looking command for what it prints.
  case report(ReportOrder)
  /// Looks for what weakens the trust of this machine.
  case audit(Machine)
  /// Ignores a finding, or heeds it again.
  case decide(AuditOrder)
  /// Restores a backup as planned.
  case restore(BackupOrder, RestorePlan)
  /// A piece of work for a first root key.
  case rootKey(RootKeyOrder)
  /// A change of content trust, which asks on its way.
  case change(ChangeOrder)

  /// Whether the answer opens a dialog.
  var asks: Bool {
    switch self {
    case .plan: true
    case .load, .loadIfChanged, .review, .apply, .images, .backup, .restore, .audit, .decide, .report, .content,
      .rootKey,
      .change:
      false
    }
  }
}

/// A change that a screen asks for.
enum PlanRequest: Sendable {
  case disable(Fingerprint, Scope)
  case enable(Fingerprint, Scope)
  case remove(Fingerprint, Scope)
  /// A file of the administrator layer that is no key's, by its path without the sysroot.
  case removeStray(file: String)
  /// The end of a rotation: the old key is retired.
  case retire(Fingerprint, Scope)
  /// The same for several keys, as one change.
  case several(Several)
  /// The same for a key in every scope that has it.
  case everywhere(Several.Verb, Fingerprint)
  /// A reviewed key is trusted.
  case trust(ReviewedKey, reason: String?)
  /// A reviewed key takes the place of another one, at once or after so many days.
  case rotate(ReviewedKey, days: Int?, reason: String?)
  /// Undo of a change by its number, or of the last one.
  case undo(Int?)
  /// What the last undo took back is done again.
  case redo
}

/// What came of a job.
enum News: Sendable {
  /// The machine as it is now.
  case loaded(Machine)
  /// A plan, to be shown; `changed` names the file that was another when the plan before it was applied.
  case planned(Plan, reason: String?, request: PlanRequest? = nil, changed: String? = nil)
  /// How far an order of keys is: what is being done now, in words.
  case reviewing(KeyOrder, step: String)
  /// Keys, to be reviewed.
  case reviewed(KeyOrder, KeyEnd)
  /// A change was applied.
  case applied(Change, id: Int)
  /// A decision about a finding is taken; the sentence says which.
  case decided(String)
  /// What a looking command has printed.
  case reported(ReportOrder, [String])
  /// What an audit has found.
  case audited(AuditListing)
  /// What came of work on the image store.
  case images(ImageNews)
  /// What came of reading repositories of content trust.
  case content(ContentNews)
  /// What came of work on a backup.
  case backup(BackupOrder, BackupEnd)
  /// What a change of content trust asks, or how it has ended.
  case change(ChangeOrder, ChangeNews)
  /// What came of work for a root key.
  case rootKey(RootKeyOrder, RootKeyEnd)
  /// Nothing came of it, for this reason.
  case failed(String)
}
