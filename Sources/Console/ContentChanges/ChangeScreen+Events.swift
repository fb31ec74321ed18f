internal import ContentChange
internal import Screen
internal import TrustModel

extension ChangeScreen {
  mutating func takeForm(_ event: Event) -> [Effect] {
    let count = form.fields.count + 2
    switch event {
    case .key(.escape), .interrupt: return leave()
    case .key(.tab), .key(.down): focus = (focus + 1) % count
    case .key(.backTab), .key(.up): focus = (focus + count - 1) % count
    case .key(.enter) where focus == form.fields.count: return leave()
    case .key(.enter) where focus > form.fields.count: return plan()
    case .key(.enter): focus += focus + 1 == form.fields.count ? 2 : 1
    default: if form.fields.indices.contains(focus) { _ = form.fields[focus].text.handle(event) }
    }
    return []
  }

  private mutating func plan() -> [Effect] {
    guard let command = form.command else { return [.say(form.problem ?? "")] }
    let order = ChangeOrder(form.kind, command)
    (self.order, stage) = (order, .working("Asking the server, and making the plan..."))
    return [.work(.change(order))]
  }

  mutating func takeWorking(_ event: Event) -> [Effect] {
    guard event == .key(.escape) || event == .interrupt else { return [] }
    guard !isAgreed else { return [.say("It is being published: what becomes of it is shown in a moment.")] }
    return leave()
  }

  mutating func take(_ said: Confirmation.Answer, _ answer: Answer<Bool>) -> [Effect] {
    switch said {
    case .none: return []
    case .tooEarly(let text): return [.say(text)]
    case .cancelled:
      answer.give(false)
      return leave()
    case .confirmed:
      isAgreed = true
      stage = .working("Signing, publishing, and reading it back...")
      answer.give(true)
      return []
    }
  }

  mutating func take(
    _ said: NewPassphraseForm.Answer, _ form: NewPassphraseForm, _ answer: Answer<SecretOctets?>
  ) -> [Effect] {
    switch said {
    case .none: return []
    case .ask: return [.askSecret]
    case .done:
      answer.give(form.choice.taken)
      stage = .working("Going on...")
      return []
    }
  }

  mutating func takeEnd(_ event: Event, _ outcome: ContentChanges.Outcome, _ context: Context) -> [Effect] {
    switch event {
    case _ where isMendable && context.preferences.keys.events(.repair).contains(event):
      return [.close] + (form.subject.map { Self.open(.repair, of: $0) } ?? [])
    case .key(.enter) where canCorrect(outcome):
      (stage, order, scroll) = (.form, nil, TextScroll())
    case .key(.escape), .interrupt, .key(.enter), .text("q"): return [.close] + after(outcome)
    case .key(.pageDown): _ = scroll.move(.pageDown, rows: rows, page: page)
    case .key(.pageUp): _ = scroll.move(.pageUp, rows: rows, page: page)
    case .text("j"), .key(.down): _ = scroll.move(.down, rows: rows, page: page)
    case .text("k"), .key(.up): _ = scroll.move(.up, rows: rows, page: page)
    case .mouse(let mouse): scroll.turn(mouse, rows: rows, page: page)
    default: break
    }
    return []
  }

  /// What is looked at when it closes: the repository as it is now.
  private func after(_ outcome: ContentChanges.Outcome) -> [Effect] {
    guard isAgreed, let repository = form.subject else { return [] }
    guard form.kind == .begin, repository != form.repository else {
      return outcome.isDone ? [.lookAtContent, .perform(.reload)] : []
    }
    return [.lookAtContent] + (outcome.isDone ? RepositoryScreen.open(ContentOrder(repository)) : [])
  }

  /// Whether nothing has come of it, and the form can be filled in otherwise.
  func canCorrect(_ outcome: ContentChanges.Outcome) -> Bool {
    !outcome.isDone && !isAgreed && !form.fields.isEmpty
  }

  /// Whether what was found can be mended from here.
  func mends(_ context: Context) -> Bool { form.kind == .doctor && context.changes.contains(.repair) }

  func leave() -> [Effect] {
    order?.abandon()
    return [.close, .say(form.kind.isLooking ? "Nothing was changed." : "Nothing was published.")]
  }
}
