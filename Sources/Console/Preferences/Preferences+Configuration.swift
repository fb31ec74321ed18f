internal import Screen
public import Stores
internal import TrustModel

extension Preferences {
  /// What the sections `[console]`, `[keys]` and `[colours]` ask for.
  ///
  /// What cannot be had is left as it is and told in ``problems``: the interface opens all the same.
  public init(_ configuration: Configuration) {
    self.init()
    func origin(_ entry: ConfigurationEntry) -> String {
      "\(VisibleText(configuration.sysroot.located(entry.file))):\(entry.line)"
    }
    func value(_ key: ConfigurationKey, _ take: (String) -> String?) {
      guard let entry = configuration.value(key, in: .console), let text = entry.text else { return }
      if let problem = take(text) { problems.append("\(origin(entry)): \(key.rawValue): \(problem)") }
    }
    wantsMouse = configuration.value(.mouse, in: .console)?.text != "no"
    isPlain = configuration.value(.plain, in: .console)?.text == "yes"
    value(.theme) { takeTheme($0) }
    value(.columns) { takeColumns($0) }
    var wishes: [KeyBindings.Wish] = []
    for entry in configuration.entries {
      do throws(Problem) {
        switch entry.section {
        case .colours: try takeColour(entry.key.rawValue, entry.text ?? "")
        case .keys:
          wishes.append(try Self.wish(entry.key.rawValue, entry.text ?? "", origin(entry)))
        case .fetch, .host, .repository, .registry, .console: break
        }
      } catch {
        problems.append("\(origin(entry)): \(error.text)")
      }
    }
    keys = KeyBindings(wishes, problems: &problems)
  }

  /// What is wrong with a value.
  private struct Problem: Error {
    let text: String
  }

  private mutating func takeTheme(_ text: String) -> String? {
    guard let name = ThemeName(rawValue: text) else {
      return
        "there is no theme \(VisibleText(text)): only \(ThemeName.allCases.map(\.rawValue).joined(separator: ", "))"
    }
    themeName = name
    return nil
  }

  private mutating func takeColumns(_ text: String) -> String? {
    let names = text.split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
    let all = Self.columnNames.joined(separator: " ")
    if let unknown = names.first(where: { !Self.columnNames.contains($0) }) {
      return "there is no column \(VisibleText(unknown)): only \(all)"
    }
    guard Set(names).count == names.count else { return "a column stands there twice" }
    // Without it nobody could tell which key a change is about.
    guard names.contains("key") else { return "the column key must be among them" }
    columns = names
    return nil
  }

  private mutating func takeColour(_ role: String, _ colour: String) throws(Problem) {
    guard let role = Theme.Role.named.first(where: { $0.0 == role })?.1 else {
      let known = Theme.Role.named.map(\.0).joined(separator: ", ")
      throw Problem(text: "there is no role \(VisibleText(role)): only \(known)")
    }
    if colour == "default" { return colours[role] = .some(nil) }
    guard let named = Colour.named.first(where: { $0.0 == colour })?.1 else {
      let known = Colour.named.prefix(8).map(\.0).joined(separator: ", ")
      throw Problem(text: "there is no colour \(VisibleText(colour)): only default, \(known), each also as bright-NAME")
    }
    colours[role] = named
  }

  private static func wish(_ name: String, _ text: String, _ origin: String) throws(Problem) -> KeyBindings.Wish {
    guard let command = Command(rawValue: name) else {
      let near = NearestWords(to: name, among: Command.allCases.map(\.rawValue)).words.joined(separator: ", ")
      throw Problem(text: "there is no command \(VisibleText(name)): near are \(near)")
    }
    let words = text.split { $0 == " " || $0 == "\t" }
    guard words.count <= KeyBindings.limit else {
      throw Problem(text: "\(name): more than \(KeyBindings.limit) keys")
    }
    var events: [Event] = []
    for word in words {
      guard let event = KeyName.event(word) else {
        throw Problem(
          text: "\(name): \(VisibleText(word)) is no key that can be bound, as d, Space, F5, PgDn, Ctrl-R are")
      }
      if !events.contains(event) { events.append(event) }
    }
    return KeyBindings.Wish(command: command, events: events, origin: origin)
  }
}
