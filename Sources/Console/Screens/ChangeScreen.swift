internal import ContentChange
internal import Screen
internal import TrustModel

/// A change of content trust: its form, its plan, the passphrases that it needs, and what was read back.
///
/// Nothing is signed or published before the button of the plan was pressed.
struct ChangeScreen: ConsoleScreen {
  /// Where it stands.
  enum Stage: Sendable {
    case form
    /// The command works: in words.
    case working(String)
    case plan(PlanBox, [DescribedLine], Answer<Bool>)
    case passphrase(KeyRequest, typed: Int, isRepeated: Bool, Answer<SecretOctets?>)
    case newPassphrase(NewPassphraseForm, Answer<SecretOctets?>)
    case ended(ContentChanges.Outcome)
  }

  var form: ChangeForm
  var stage: Stage
  var order: ChangeOrder?
  /// What is being typed of a passphrase, where it is to be seen.
  var shown: (any SecretText)?
  /// The field with the focus; as many as there are fields for Cancel, one more for the button.
  var focus = 0
  /// Whether it was agreed to: from then on nothing stops it.
  var isAgreed = false
  /// Whether what was found can be mended from here.
  var isMendable = false
  var scroll = TextScroll()
  var size = Size.full

  /// A change of a repository.
  init(_ kind: ContentChanges.Kind, of repository: Repository?) {
    form = ChangeForm(kind, of: repository)
    stage = .form
  }

  /// A command that is run as it is.
  private init(_ order: ChangeOrder, _ form: ChangeForm) {
    (self.order, self.form) = (order, form)
    stage = .working("Reading...")
  }

  /// Opens it; what has nothing to ask for is planned at once.
  static func open(_ kind: ContentChanges.Kind, of repository: Repository?) -> [Effect] {
    let form = ChangeForm(kind, of: repository)
    guard form.fields.isEmpty, let command = form.command else { return [.open(ChangeScreen(kind, of: repository))] }
    return start(ChangeOrder(kind, command), form)
  }

  /// Runs a command about a backup file.
  static func open(backup command: ContentChanges.Command, _ repository: Repository? = nil) -> [Effect] {
    start(ChangeOrder(.drill, command), ChangeForm(backup: repository))
  }

  private static func start(_ order: ChangeOrder, _ form: ChangeForm) -> [Effect] {
    [.open(ChangeScreen(order, form)), .work(.change(order))]
  }

  var title: String {
    let kind = form.kind.title.capitalizedFirst
    return form.subject.map { "\(kind): \($0.name)" } ?? kind
  }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    if case .resize(let size) = event { self.size = size }
    switch stage {
    case .form: return takeForm(event)
    case .working: return takeWorking(event)
    case .plan(var box, let lines, let answer):
      let said = box.take(event, lines)
      stage = .plan(box, lines, answer)
      return take(said, answer)
    case .passphrase: return []
    case .newPassphrase(var form, let answer):
      let said = form.take(event)
      stage = .newPassphrase(form, answer)
      return take(said, form, answer)
    case .ended(let outcome): return takeEnd(event, outcome, context)
    }
  }

  mutating func take(_ news: News, _ context: Context) -> [Effect]? {
    guard case .change(let order, let said) = news, order === self.order else { return nil }
    switch said {
    case .plan(let lines, let question, let answer):
      let box = PlanBox(question, Confirmation(button: form.kind.button))
      stage = .plan(box, ChangePlanLines.plan(lines, order, context), answer)
      _ = take(.resize(size), context)
      return [.dropTypeAhead]
    case .passphrase(let request, let isRepeated, let answer):
      stage = .passphrase(request, typed: 0, isRepeated: isRepeated, answer)
      return [.askSecret]
    case .newPassphrase(let request, let answer):
      stage = .newPassphrase(NewPassphraseForm(request), answer)
      return [.dropTypeAhead]
    case .ended(let outcome):
      (stage, isMendable) = (.ended(outcome), mends(context) && !outcome.isDone)
      return []
    }
  }

  mutating func take(_ typed: TypedSecret, _ context: Context) -> [Effect] {
    shown = typed.shown
    switch stage {
    case .passphrase(let request, _, let isRepeated, let answer):
      switch typed {
      case .typing(let typing): stage = .passphrase(request, typed: typing.count, isRepeated: isRepeated, answer)
      case .given(let octets): give(octets.isEmpty ? nil : octets, answer)
      case .cancelled: give(nil, answer)
      }
      return []
    case .newPassphrase(var form, let answer):
      let wantsMore = form.take(typed)
      stage = .newPassphrase(form, answer)
      return wantsMore ? [.askSecret] : []
    case .form, .working, .plan, .ended: return []
    }
  }

  private mutating func give(_ octets: SecretOctets?, _ answer: Answer<SecretOctets?>) {
    stage = .working("Opening the key...")
    answer.give(octets)
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    let theme = context.theme
    if case .plan(let box, let lines, _) = stage { return box.draw(lines, into: &grid, area, theme) }
    let inside = Rectangle(row: area.row, column: 1, rows: area.rows - 1, columns: area.columns - 2)
    switch stage {
    case .form: drawForm(into: &grid, area, theme)
    case .newPassphrase(let form, _): form.draw(into: &grid, inside, theme)
    case .working, .passphrase, .ended, .plan:
      grid.put(scrolled: lines, in: inside, theme, scroll, keys: "PgDn")
      grid.cursor = Position(row: area.row, column: 1)
      drawTyped(into: &grid, inside)
    }
    let isNarrow = area.columns < 76
    grid.put(
      area.row + area.rows - 1, 1, isNarrow ? briefHint(context) : hint(context), theme.style(.key),
      width: area.columns - 2)
  }
}
