internal import Images
internal import Screen
internal import TrustChange
internal import TrustModel

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
    case .planned(_, _) where !isAwaited(): break
    case .planned(.nothing(let sentence), _): message = sentence.capitalizedFirst + "."
    case .planned(.change(let change), let reason):
      // What led to the plan is answered by it.
      if screens.last is OverlapScreen { screens.removeLast() }
      if screens.last is ReviewScreen { screens.removeLast() }
      push(PlanScreen(change, reason: reason))
      pending.append(.dropTypeAhead)
    // Whoever asked has left.
    case .reviewed: break
    case .applied(let change, let id):
      message = "Done, #\(id): \(change.summary). u takes it back."
      look()
    case .images(let news):
      message = news.sentence.isEmpty ? message : news.sentence.capitalizedFirst
      note(.images(news))
    case .backup(_, .report(let report)), .backup(_, .restored(let report)):
      message = report.sentence
      note(news)
    // A plan that nobody waits for any more.
    case .backup(_, .plan): break
    case .failed(let sentence): fail(sentence)
    }
  }

  private mutating func take(_ machine: Machine) {
    // An earlier look that took longer must not replace a later one.
    guard machine.number >= context.machine?.number ?? 0 else { return }
    context.machine = machine
    for index in screens.indices { screens[index].refresh(context) }
    if message == Self.reading || message.isEmpty { message = machine.problems.first ?? "" }
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
