import Console
import ContentChange
import ExampleMachine
import Fetch
import Screen
import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// The console on an example machine, driven by a script, until the script is over.
struct ConsoleRun {
  /// The machine as it was left.
  let machine: ExampleMachine
  private let record: Record

  /// What is left of a run.
  private struct Record: Sendable {
    let frames: [Grid]
    let events: [(event: Event, seen: Grid)]
    let pictures: [String: Grid]
    let copied: [String]
    let secretsSeen: [String]
    let failure: String?
    let usesMouse: Bool?
    let ending: Ending
  }

  /// Runs a script that begins when every key has been judged.
  init(
    _ script: [ScriptedTerminal.Step], on machine: ExampleMachine? = nil, size: Size = .full, colours: Int = 16,
    isReadOnly: Bool = false, site: TestSite? = nil, preferences: Preferences = Preferences(),
    content: ContentAccess? = nil, rootKeys: RootKeyWork? = nil, changes: ContentChanges? = nil
  ) async throws {
    let machine = try machine ?? ExampleMachine(images: true)
    var settings = try Self.settings(machine, isReadOnly: isReadOnly, site)
    settings.preferences = preferences
    settings.content = content
    (settings.rootKeys, settings.changes) = (rootKeys, changes)
    settings.report = { words in ["\(words.joined(separator: " ")) was run"] }
    let chosen = settings
    // A smaller window may cut off that keys are still being judged.
    let isLarge = size.holds(.full)
    let start = isLarge ? size : .full
    let whole = ScriptedTerminal.Step.judged + (isLarge ? [] : [.event(.resize(size))]) + script
    await Turnstile.consoles.enter()
    let result = await Self.onOwnThread {
      let terminal = ScriptedTerminal(size: start, colours: colours, script: whole)
      let ending = Console(chosen).run(on: terminal)
      return Record(
        frames: terminal.frames, events: terminal.events, pictures: terminal.pictures, copied: terminal.copied,
        secretsSeen: terminal.secretsSeen,
        failure: terminal.failure, usesMouse: terminal.usesMouse, ending: ending)
    }
    await Turnstile.consoles.leave()
    record = try result.get()
    self.machine = machine
    if let failure = record.failure { Issue.record(Comment(rawValue: failure)) }
  }

  /// The last picture.
  var frame: Grid { record.frames.last ?? Grid(size: .full) }
  /// Every picture.
  var frames: [Grid] { record.frames }
  /// Every event, with the picture that the person saw before it.
  var events: [(event: Event, seen: Grid)] { record.events }
  /// What of passphrases was in view.
  var secretsSeen: [String] { record.secretsSeen }
  /// What was copied to the clipboard.
  var copied: [String] { record.copied }
  /// What the terminal was told of the mouse.
  var usesMouse: Bool? { record.usesMouse }
  /// How the console ended.
  var ending: Ending { record.ending }
  /// A picture that the script kept.
  func picture(_ name: String) -> Grid { record.pictures[name] ?? Grid(size: .full) }

  /// The log as the plain command would show it.
  func journal() throws -> [JournalEntry] { try Journal(Self.state(machine)).entries }

  /// As in the program, the console blocks a thread that runs no tasks: its worker's tasks need those that do.
  private static func onOwnThread(_ body: @escaping @Sendable () -> Record) async -> Result<Record, any Error> {
    var thread: OwnThread?
    let result: Result<Record, any Error> = await withCheckedContinuation { continuation in
      do {
        thread = try OwnThread { continuation.resume(returning: .success(body())) }
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
    thread?.join()
    return result
  }

  private static func settings(
    _ machine: ExampleMachine, isReadOnly: Bool, _ site: TestSite?
  ) throws -> Console.Settings {
    let root = machine.path
    var settings = Console.Settings(
      layers: KeyLayers(sysroot: Sysroot(root)), state: state(machine), author: author, host: "web01",
      isReadOnly: isReadOnly, wantsColour: true,
      readKeys: { name in
        let file = try ChildProcess.run(["cat", "--", name.hasPrefix("/") ? name : root + "/" + name])
        guard file.status == 0 else { throw Unreadable(name: name) }
        return file.output
      })
    let reached = try site.map { try servers($0) } ?? nowhere
    settings.program = "keyreeve 1.0"
    settings.fetchSettings = { reached }
    settings.located = { $0.hasPrefix("images/") || $0.hasPrefix("backups/") ? root + "/" + $0 : $0 }
    return settings
  }

  /// A proxy that is not there: whatever a test types, it asks nobody.
  private static var nowhere: FetchSettings {
    var settings = FetchSettings()
    if let proxy = Proxy(octets: Array("http://127.0.0.1:1".utf8)) { settings.proxies = .always(proxy) }
    return settings
  }

  /// The test site, also under the names of the example machine's publishers.
  private static func servers(_ site: TestSite) throws -> FetchSettings {
    var settings = nowhere
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    for authority in ["example.com", "localhost:\(site.port)"] {
      var host = try HostSettings(authority: authority)
      host.connectTo = try Address("https://127.0.0.1:\(site.port)")
      settings.hosts.append(host)
    }
    return settings
  }

  static let author = JournalEntry.Author(uid: 0, user: "root", sudoUser: "alice")

  static func state(_ machine: ExampleMachine) -> StateDirectory {
    StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil }
  }

  /// A key file that is not there.
  struct Unreadable: Error, CustomStringConvertible {
    let name: String
    var description: String { "\(name): no such file" }
  }
}
