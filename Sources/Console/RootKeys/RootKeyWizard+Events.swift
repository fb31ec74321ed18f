internal import ContentChange
internal import Screen
internal import TrustModel

extension RootKeyWizard {
  /// Takes what a person does.
  mutating func take(_ event: Event) -> Action {
    // What is being written is not left alone half-way: it ends by itself in a moment.
    guard work == nil || step == .checks else { return .none }
    switch event {
    case .key(.escape), .interrupt: return cancel()
    case .key(.tab), .key(.down): move(1)
    case .key(.backTab), .key(.up): move(-1)
    case .key(.right) where !isTypingText: move(1)
    case .key(.left) where !isTypingText: move(-1)
    case .key(.control("p")) where !isDone && !isLeaving: return back()
    case .key(.enter): return press()
    case .text("y") where !isTypingText && step.rawValue >= Step.writeDown.rawValue: return .copy(names)
    case .text(" ") where !isTypingText: choose()
    default: edit(event)
    }
    return .none
  }

  /// Whether what is typed goes into a field.
  var isTypingText: Bool { focus == .name || focus == .file }

  /// Both names of the key, a line each.
  var names: String { made.map { "\($0.id)\n\($0.fingerprint)" } ?? "" }

  private mutating func edit(_ event: Event) {
    switch focus {
    case .name: _ = name.handle(event)
    case .file: _ = file.handle(event)
    default: break
    }
  }

  private mutating func move(_ count: Int) {
    let all = places
    let here = all.firstIndex(of: focus) ?? 0
    focus = all[(here + count + all.count) % all.count]
  }

  /// Puts the focus on a place, as a click does.
  mutating func point(at place: Place) {
    if places.contains(place), work == nil || step == .checks { focus = place }
  }

  private mutating func choose() {
    switch focus {
    case .kind(let kind): self.kind = kind
    case .keep: isTakenOff = false
    case .takeOff: isTakenOff = true
    default: break
    }
  }

  private mutating func press() -> Action {
    problem = nil
    switch focus {
    case .cancel: return cancel()
    case .back where isLeaving:
      (isLeaving, focus) = (false, .next)
      return .none
    case .back: return back()
    case .next: return next()
    case .name, .kind, .keep, .takeOff:
      choose()
      move(1)
    case .type:
      choice.begin()
      return .ask
    case .draw:
      choice.drawWords()
      focus = .typeBack
    case .typeBack:
      choice.typeBack()
      return .ask
    case .file: focus = .write
    case .write: return writeCopy()
    case .skip:
      isSkipped = true
      return next()
    }
    return .none
  }

  private mutating func cancel() -> Action {
    if isDone || isLeaving || !hasWritten {
      choice.forget()
      return .close(remains)
    }
    (isLeaving, focus) = (true, .back)
    return .turn
  }

  /// The step before; what was written is not taken back by it.
  private mutating func back() -> Action {
    problem = nil
    guard step != .checks, step != .backUp, let before = Step(rawValue: step.rawValue - 1) else { return .none }
    enter(before)
    return .none
  }

  private mutating func next() -> Action {
    if let obstacle { return .say(obstacle) }
    switch step {
    case .make: return make()
    case .finish: return finish()
    default:
      guard let after = Step(rawValue: step.rawValue + 1) else { return .none }
      enter(after)
      // Where something is about to be written, nothing that was typed ahead may answer.
      return step == .make || step == .finish ? .turn : .none
    }
  }

  mutating func enter(_ step: Step) {
    self.step = step
    switch step {
    case .checks, .writeDown: focus = .next
    case .name: focus = .name
    case .passphrase: focus = choice.taken == nil ? .type : .next
    case .make: focus = .cancel
    case .backUp: focus = .file
    case .finish: focus = .keep
    }
  }
}
