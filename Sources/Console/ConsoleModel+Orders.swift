internal import Screen
internal import TrustChange
internal import TrustModel
internal import TrustVerify

extension ConsoleModel {
  /// Gives an event to what lies above the screen; false where nothing does.
  mutating func takeAbove(_ event: Event) -> Bool {
    if var line = commandLine {
      let answer = line.take(event, knowledge)
      commandLine = answer == .none ? line : nil
      if case .entered(let text) = answer { carryOut(text) }
      return true
    }
    if var menu {
      let answer = menu.take(event, size)
      self.menu = answer == .none ? menu : nil
      if case .chosen(let command) = answer { perform(command) }
      return true
    }
    return false
  }

  /// What Tab may complete.
  private var knowledge: Completion.Knowledge {
    var knowledge = Completion.Knowledge()
    knowledge.verbs = Verb.known(context.changes)
    let rows = context.machine?.rows ?? []
    let prefixes = rows.compactMap { row in
      if case .prefix(let prefix) = row.scope { prefix.description } else { nil as String? }
    }
    let images = (context.images?.rows ?? []).compactMap { $0.record?.name.description }
    knowledge.names = Set(prefixes + images).sorted()
    knowledge.fingerprints = Set(rows.compactMap { $0.fingerprint?.description }).sorted()
    knowledge.changes = (context.machine?.journal.entries ?? []).filter(\.canBeUndone).map(\.id).reversed()
    return knowledge
  }

  /// Carries out a line of the command line.
  private mutating func carryOut(_ line: String) {
    history.add(line)
    do throws(Order.Problem) {
      try carryOut(Order(line, knowing: Verb.known(context.changes)))
    } catch {
      message = error.text
    }
  }

  private mutating func carryOut(_ order: Order) throws(Order.Problem) {
    switch order {
    case .perform(let command): try performByName(command)
    case .explain(let name):
      do throws(NameError) {
        guard let order = try ContentOrder(name: name) else { return push(ExplainScreen(name: name, context)) }
        run(RepositoryScreen.open(order))
      } catch {
        throw Order.Problem(text: "\(error)".capitalizedFirst)
      }
    case .fetch(let name): run(ImageActions.fetch(name, context))
    case .change(let command, let key, let scope): run(KeyActions.perform(command, on: try row(key, scope), context))
    case .changeEverywhere(let verb, let key): run(KeyActions.everywhere(verb, try fingerprint(key), context))
    case .removeStray(let file) where context.isReadOnly:
      message = "Read-only here: " + context.commandLine(ShellText.line(["remove", "--file", file]))
    case .removeStray(let file): run([.work(.plan(.removeStray(file: file)))])
    case .report(let order):
      let order = try whole(order)
      push(ReportScreen(order))
      run([.work(.report(order))])
    case .trust(let scope, let key): try trust(scope, key)
    case .undo(let id) where context.isReadOnly: message = "Read-only here: " + context.commandLine("undo \(id)")
    case .undo(let id): run([.work(.plan(.undo(id)))])
    case .backup(let file): push(BackupScreen(context, file: file))
    case .list(let order): try take(order)
    case .setMouse(let isWanted):
      context.preferences.wantsMouse = isWanted
      run([.useMouse(isWanted)])
      message = isWanted ? "The mouse works here now." : "The mouse is the terminal's now, for selecting text."
    case .setTheme(let name):
      context.preferences.themeName = name
      context.theme = context.preferences.theme(colours: context.colours)
      message = "Theme: \(name.rawValue)" + (context.colours < 8 ? "; there are no colours here." : ".")
    }
  }

  /// Does what a verb says; views open from everywhere.
  private mutating func performByName(_ command: Command) throws(Order.Problem) {
    let everywhere = TitleBar.tabs(context).map(\.command) + [.help, .messages, .backup, .rootKey, .begin, .reload]
    if command == .quit { return isFinished = true }
    guard offered.contains(command) || everywhere.contains(command) else {
      throw Order.Problem(
        text: "\(command.rawValue) does nothing on this screen; \(context.key(.help)) shows what works here.")
    }
    perform(command)
  }

  private mutating func take(_ order: ListOrder) throws(Order.Problem) {
    guard let effects = screens[screens.count - 1].take(order, context) else {
      let what = if case .sort = order { "sort" } else { "filter" }
      throw Order.Problem(text: "There is nothing to \(what) so here; \(context.key(.keys)) shows the keys.")
    }
    run(effects)
  }

  private mutating func trust(_ scope: Scope?, _ key: String) throws(Order.Problem) {
    let names = scope.map { $0 == .root ? "*" : $0.description } ?? ""
    guard !context.isReadOnly else {
      throw Order.Problem(
        text: "Read-only here: " + context.commandLine("trust \(scope?.option ?? "--prefix NAME") KEY"))
    }
    push(TrustScreen(names: names, source: key))
  }

  /// The order with the whole fingerprint where it names the end of one.
  private func whole(_ order: ReportOrder) throws(Order.Problem) -> ReportOrder {
    guard order.words.first == "show", order.words.count == 2, let digits = order.words.last?.lowercased(),
      (8..<40).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isHexDigit })
    else { return order }
    return ReportOrder(words: ["show", "\(try fingerprint(digits))"])
  }

  /// The one key with that fingerprint, or that end of one.
  private func fingerprint(_ digits: String) throws(Order.Problem) -> Fingerprint {
    let keys = Set((context.machine?.rows ?? []).compactMap(\.fingerprint).filter { $0.description.hasSuffix(digits) })
    guard let key = keys.first else { throw Order.Problem(text: "No key here has these digits.") }
    guard keys.count == 1 else {
      throw Order.Problem(text: "\(keys.count) keys have these digits: write more of them.")
    }
    return key
  }

  /// The one row with that fingerprint, or that end of one, in a scope.
  private func row(_ digits: String, _ scope: Scope?) throws(Order.Problem) -> KeyRow {
    let rows = (context.machine?.rows ?? []).filter { row in
      let isKey = row.fingerprint?.description.hasSuffix(digits) ?? false
      return isKey && (scope == nil || scope == row.scope)
    }
    guard let row = rows.first else { throw Order.Problem(text: "No key here has these digits.") }
    guard rows.count == 1 else {
      throw Order.Problem(text: "\(rows.count) rows have these digits: add --prefix P or --root, or more digits.")
    }
    return row
  }
}
