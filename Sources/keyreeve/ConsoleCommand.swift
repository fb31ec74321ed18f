import ArgumentParser
import ChangeCommands
import Console
import ContentChange
import ContentTrust
import Discovery
import Fetch
import Glibc
import ReadCommands
import Screen
import Stores
import TrustModel

/// `keyreeve` without a command: the terminal interface.
struct ConsoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "Open the terminal interface (the default without a command).")

  @OptionGroup var options: CommonOptions

  @Flag(name: .customLong("read-only"), help: "Change nothing; offer the commands instead.")
  var readOnly = false

  @Flag(name: .long, help: "Ask numbered questions, line by line, in place of the screen (as with ACCESSIBLE).")
  var plain = false

  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal.")
  var noMouse = false

  func run() throws {
    if options.json {
      throw CommandFailure(.usage, "the terminal interface has no JSON form; use: keyreeve keys --json")
    }
    let preferences = preferences
    if plain || preferences.isPlain || ReadCommands.Environment.isAccessible { return openPlain() }
    let terminal: LiveTerminal
    do {
      terminal = try LiveTerminal(mouse: !noMouse && preferences.wantsMouse, colour: wantsColour)
    } catch {
      throw CommandFailure(
        .usage, "\(error); here use keyreeve --plain, and in scripts the plain commands, such as: keyreeve keys")
    }
    var settings = Console.Settings(
      layers: options.layers, state: options.state, author: CurrentAuthor.value,
      host: ReadCommands.Environment.hostName,
      isReadOnly: readOnly || !canWrite("/etc/rkt/trustedkeys"), wantsColour: wantsColour,
      readKeys: { try KeySource.octets(of: Self.expanded($0)) })
    settings.isStoreReadOnly = readOnly || !canWrite(options.state.place)
    settings.preferences = preferences
    settings.stores = options.stores
    settings.program = "keyreeve \(ReadCommandList.version)"
    settings.machineLabels = MachineLabels.current
    let common = options.machineArguments
    settings.report = { Report.lines($0 + common) }
    settings.content = content
    settings.rootKeys = rootKeys
    settings.changes = readOnly ? nil : changes
    settings.located = { Self.expanded($0) }
    let machine = options.machine
    // Not options.fetchSettings(), which warns on standard error: there the picture is.
    settings.fetchSettings = {
      try FetchSettings(Configuration(sysroot: machine) { ReadCommands.Environment[$0] }) {
        ReadCommands.Environment[$0]
      }
    }
    let ending = Console(settings).run(on: terminal)
    if ending != .finished { Glibc.exit(ending.exitCode) }
  }

  /// What configuration asks for; configuration that cannot be taken leaves everything as it is, and is told of.
  private var preferences: Preferences {
    do {
      return Preferences(try Configuration(sysroot: options.machine) { ReadCommands.Environment[$0] })
    } catch {
      var standard = Preferences()
      standard.problems = ["\(error)"]
      return standard
    }
  }

  /// Repositories of content trust, read as the commands read them; what is learned is kept unless nothing may be written.
  private var content: ContentAccess? {
    let arguments = options.machineArguments
    let (readOnly, named) = (readOnly, options.stores.directory(of: .contentTrust))
    guard let folder = named.map({ TrustFolder(sysroot: options.machine, path: $0) }) else { return nil }
    var access = ContentAccess(
      folder: folder.path, repositories: { try folder.repositories() }, keys: { try SigningKeySurvey(folder) }
    ) { repository, asks, agreed in
      let common = try CommonOptions.parse(arguments)
      var reader = try ContentReader(common, keeping: readOnly ? nil : KeepingContentCommand.keeper(common))
      reader.offline = !asks
      var offered: FirstUseOffer?
      reader.agrees = { offer in
        offered = offer.identity == agreed ? nil : offer
        return offered == nil
      }
      do {
        return try Report.silently { try reader.read(repository) }
      } catch {
        throw offered ?? error
      }
    }
    access.keeps = !readOnly
    return access
  }

  /// Changes of content trust by the commands of this program, with the person at the screen asked in place of the terminal.
  private var changes: ContentChanges {
    let machine = options.machineArguments
    let kinds = ContentChanges.Kind.allCases.filter { Self.has(ContentChanges.path(of: $0)) }
    return ContentChanges(Set(kinds)) { command, person in
      let respondent = Respondent { said, question in person.agrees(to: said, question) }
      let (lines, status) = PassphraseStandIn.$person.withValue(person) {
        Report.answered(Keyreeve.self, command.words(machine), by: respondent)
      }
      return ContentChanges.Outcome(lines, isDone: status == 0)
    }
  }

  /// Whether the program has a command.
  private static func has(_ path: [String]) -> Bool {
    var command: (any ParsableCommand.Type)? = Keyreeve.self
    for word in path { command = command?.configuration.subcommands.first { $0._commandName == word } }
    return command != nil
  }

  /// The folder where root keys are made; nil where nothing may be written, or docker has no folder.
  private var rootKeys: RootKeyWork? {
    guard !readOnly, let path = options.stores.directory(of: .contentTrust) else { return nil }
    let folder = TrustFolder(sysroot: options.machine, path: path)
    return RootKeyWork(SigningKeyFolder(folder, user: ReadCommands.Environment.userID))
  }

  /// The same as numbered questions.
  private func openPlain() {
    var session = PlainSession(Keyreeve.self, options)
    session.isReadOnly = readOnly || !canWrite("/etc/rkt/trustedkeys")
    session.isStoreReadOnly = readOnly || !canWrite(options.state.place)
    session.run()
  }

  private var wantsColour: Bool {
    let noColour = ReadCommands.Environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return !options.noColor && !noColour
  }

  /// Whether this user may write a directory of the machine, or the nearest one above it that exists.
  private func canWrite(_ place: String) -> Bool {
    var path = options.machine.located(place)
    while path.count > 1, access(path, F_OK) != 0 {
      path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }
    return access(path.isEmpty ? "/" : path, W_OK) == 0
  }

  /// The path with `~/` replaced, which no shell has seen here.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = ReadCommands.Environment["HOME"] else { return path }
    return home + path.dropFirst()
  }
}
