internal import Screen

/// One screen of the console: state, what it does with events, and how it looks.
///
/// Pure: it reads and writes nothing.
protocol ConsoleScreen: Sendable {
  /// Where the person is, for the title line.
  var title: String { get }
  /// The commands that work here, in the order of the footer. Movements need not be named.
  func commands(_ context: Context) -> [Command]
  /// Takes an event before it is looked up as a command, as text fields do; nil where it is not for the screen.
  mutating func take(_ event: Event, _ context: Context) -> [Effect]?
  /// Does what a command says.
  mutating func perform(_ command: Command, _ context: Context) -> [Effect]
  /// Takes what was typed of a passphrase that it has asked for.
  mutating func take(_ typed: TypedSecret, _ context: Context) -> [Effect]
  /// Takes what came of a job that it has asked for; nil where the news are not for it.
  mutating func take(_ news: News, _ context: Context) -> [Effect]?
  /// Takes in what the machine looks like now.
  mutating func refresh(_ context: Context)
  /// Which of the views in the title line this is; nil where it is none.
  var view: Command? { get }
  /// Another word for a command in footer and menu, where it does something special here.
  func word(for command: Command, _ context: Context) -> String?
  /// Takes an order of the command line about what is listed; nil where nothing here is listed so.
  mutating func take(_ order: ListOrder, _ context: Context) -> [Effect]?
  /// Draws into `area`, which leaves out title, message line and footer.
  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context)
}

extension ConsoleScreen {
  var view: Command? { nil }
  func word(for command: Command, _ context: Context) -> String? { nil }
  mutating func take(_ order: ListOrder, _ context: Context) -> [Effect]? { nil }
  mutating func take(_ event: Event, _ context: Context) -> [Effect]? { nil }
  mutating func take(_ news: News, _ context: Context) -> [Effect]? { nil }
  mutating func take(_ typed: TypedSecret, _ context: Context) -> [Effect] { [] }
  mutating func refresh(_ context: Context) {}
}
