internal import ContentChange
internal import Images
internal import Screen
internal import TrustChange
internal import TrustModel
internal import TrustVerify

extension ConsoleModel {
  /// Takes what a job came to.
  mutating func handle(_ news: News, at now: Timestamp) {
    context.now = now
    for index in screens.indices.reversed() {
      guard let effects = screens[index].take(news, context) else { continue }
      run(effects)
      return note(news)
    }
    switch news {
    case .loaded(let machine): take(machine)
    case .audited(let listing): take(listing)
    case .decided(let sentence):
      message = sentence
      look()
    case .planned where !isAwaited(): break
    case .planned(.nothing(let sentence), _, _, let file):
      message =
        (file.map { "\(VisibleText($0)) has changed since, nothing was written: \(sentence)" } ?? sentence)
        .capitalizedFirst + "."
    case .planned(.change(let change), let reason, let request, let file):
      // What led to the plan is answered by it.
      if screens.last is OverlapScreen { screens.removeLast() }
      if screens.last is ReviewScreen { screens.removeLast() }
      if screens.last is PlanScreen { screens.removeLast() }
      message = ""
      push(PlanScreen(change, reason: reason, request: request, changed: file))
      pending.append(.dropTypeAhead)
    // Whoever asked has left.
    case .reviewing, .reviewed, .reported: break
    case .applied(let change, let id):
      awaited = nil
      message =
        "Done, #\(id): \(change.summary). "
        + (isUndo(change) ? "\(context.key(.redo)) does it again." : "\(context.key(.undo)) takes it back.")
      look()
    case .content(.listed(let listing)): take(listing)
    // Whoever asked has left.
    case .content(.read): break
    case .rootKey(_, .made(let key)): message = "Root key \(key.id.shown) was made: \(VisibleText(key.file))"
    case .rootKey: break
    // Nobody is there to answer.
    case .change(_, let said): said.decline()
    case .images(let news):
      message = news.sentence.isEmpty ? message : news.sentence.capitalizedFirst
      note(.images(news))
    case .backup(_, .report(let report)), .backup(_, .restored(let report)):
      message = report.sentence
      note(news)
    // A plan that nobody waits for any more.
    case .backup(_, .plan), .backup(_, .sealing): break
    case .failed(let sentence): fail(sentence)
    }
  }

  /// Whether a change takes one back that is no undo itself.
  private func isUndo(_ change: Change) -> Bool {
    guard let journal = context.machine?.journal, let undone = change.undoes.flatMap({ journal[$0] }) else {
      return false
    }
    return !journal.isUndo(undone)
  }

  private mutating func take(_ machine: Machine) {
    // An earlier look that took longer must not replace a later one.
    guard machine.number >= context.machine?.number ?? 0 else { return }
    context.machine = machine
    for index in screens.indices { screens[index].refresh(context) }
    if machine.isJudged { pending.append(.work(.audit(machine))) }
    if message == Self.reading || message.isEmpty { message = machine.problems.first ?? "" }
  }

  private mutating func take(_ listing: AuditListing) {
    guard listing.number >= context.audit?.number ?? 0 else { return }
    context.audit = listing
    for index in screens.indices { screens[index].refresh(context) }
    if message.isEmpty { message = listing.problems.first ?? "" }
  }

  private mutating func take(_ listing: ContentListing) {
    guard listing.number >= context.content?.number ?? 0 else { return }
    context.content = listing
    for index in screens.indices { screens[index].refresh(context) }
    if message == Self.reading { message = "" }
  }

  /// What news mean for all screens, whoever has taken them.
  private mutating func note(_ news: News) {
    if case .backup(_, .restored) = news { look() }
    guard case .images(let news) = news else { return }
    switch news {
    case .listed(let listing) where listing.number >= context.images?.number ?? 0:
      context.images = listing
      for index in screens.indices { screens[index].refresh(context) }
      if message == Self.reading { message = "" }
    case .fetched(_, .answered(let image)) where image.isStored: lookAtImages()
    case .removed: lookAtImages()
    default: break
    }
  }

  private mutating func fail(_ sentence: String) {
    awaited = nil
    // A file's name keeps its letters.
    let isName = sentence.prefix { $0 != " " }.contains { $0 == "/" || $0 == "." }
    message = isName ? sentence : sentence.capitalizedFirst
  }
}
