internal import ContentChange
internal import Screen
internal import TrustModel

extension RootKeyWizard {
  private mutating func begin(_ task: RootKeyOrder.Task) -> Action {
    let order = RootKeyOrder(task)
    work = order
    return .work(order)
  }

  mutating func make() -> Action {
    guard let passphrase = choice.taken, made == nil else { return .none }
    return begin(.make(kind, passphrase))
  }

  mutating func writeCopy() -> Action {
    guard let made, let passphrase = choice.taken else { return .none }
    var path = file.text.trimmed
    guard !path.isEmpty else {
      return .say("Name a file on a medium that can be taken away, such as /media/usb/\(fileName)")
    }
    if path.hasSuffix("/") { path += fileName }
    return begin(.copy(made, file: path, passphrase))
  }

  mutating func finish() -> Action {
    guard isTakenOff, let made, let copy, let passphrase = choice.taken else {
      isTakenOff = false
      return end()
    }
    return begin(.remove(made, keeping: copy, passphrase))
  }

  private mutating func end() -> Action {
    choice.forget()
    (isDone, focus) = (true, .cancel)
    return .none
  }

  /// Takes what came of the work.
  mutating func take(_ end: RootKeyEnd) -> Action {
    work = nil
    switch end {
    case .checked(let checks):
      self.checks = checks
      focus = checks.allowsKey && !checks.hasRootKey ? .next : .cancel
    case .made(let key):
      made = key
      enter(.backUp)
    case .copied(let copy):
      (self.copy, isSkipped, focus) = (copy, false, .next)
    case .removed: return self.end()
    case .failed(let sentence): problem = sentence
    }
    return .none
  }

  /// Takes what was typed of a passphrase.
  mutating func take(_ typed: TypedSecret) -> Action {
    let wantsMore = choice.take(typed)
    if choice.taken != nil { focus = .next }
    if case .drawn = choice.stage { focus = .typeBack }
    return wantsMore ? .ask : .none
  }
}
