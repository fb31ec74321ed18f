public import ContentChange
public import Fetch
public import Screen
public import Stores
internal import TrustChange
public import TrustModel
public import TrustVerify

/// The terminal interface.
public struct Console {
  /// What the console needs to know of its surroundings.
  public struct Settings: Sendable {
    /// The machine to show.
    public var layers: KeyLayers
    /// Where the change log and the image store lie.
    public var state: StateDirectory
    /// Who makes changes.
    public var author: JournalEntry.Author
    /// The machine's name for the title line.
    public var host: String
    /// Whether the administrator layer cannot be written, or must not be.
    public var isReadOnly: Bool
    /// Whether the image store must not be written.
    public var isStoreReadOnly: Bool
    /// Whether colours are wanted.
    public var wantsColour: Bool
    /// The machine's own labels, which an image must not contradict.
    public var machineLabels = Labels()
    /// Where the files lie that backups hold.
    public var stores: MachineStores
    /// The name and version of the program, for backups.
    public var program = "keyreeve"
    /// How servers are reached; read anew for each fetch.
    public var fetchSettings: @Sendable () throws -> FetchSettings = { FetchSettings() }
    /// What the person has chosen.
    public var preferences = Preferences()
    /// Where a path lies that the person types, as `~/` is nothing that the system knows.
    public var located: @Sendable (String) -> String = { $0 }
    /// How repositories of content trust are read; nil where docker has no folder.
    public var content: ContentAccess?
    /// How root keys are made; nil where nothing may be written, or docker has no folder.
    public var rootKeys: RootKeyWork?
    /// How repositories of content trust are changed; nil where nothing may be.
    public var changes: ContentChanges?
    /// Runs a looking command of the program by its words, and gives the lines that it prints.
    public var report: @Sendable ([String]) -> [String] = { _ in ["This program has no such command."] }
    /// Reads a file with public keys that the person names.
    public var readKeys: @Sendable (String) throws -> [UInt8]

    /// Settings; what is not named here can be set afterwards.
    public init(
      layers: KeyLayers, state: StateDirectory, author: JournalEntry.Author, host: String, isReadOnly: Bool,
      wantsColour: Bool, readKeys: @escaping @Sendable (String) throws -> [UInt8]
    ) {
      self.layers = layers
      self.state = state
      self.author = author
      self.host = host
      self.isReadOnly = isReadOnly
      isStoreReadOnly = isReadOnly
      stores = MachineStores(sysroot: layers.sysroot) { _ in nil }
      self.wantsColour = wantsColour
      self.readKeys = readKeys
    }
  }

  private let settings: Settings

  /// A console over a machine.
  public init(_ settings: Settings) {
    self.settings = settings
  }

  /// Runs on `terminal` until the person leaves; returns how it ended.
  public func run(on terminal: any Terminal) -> Ending {
    let mailbox = Mailbox<News>()
    let watch = DirectoryWatch()
    let sysroot = settings.layers.sysroot
    var watched = WatchedDirectories(sysroot: sysroot, watch: watch)
    let worker = Worker(settings, mailbox)
    var model = ConsoleModel(context(terminal), size: terminal.size)
    let loop = EventLoop(terminal: terminal, mailbox: mailbox, watch: watch)
    carryOut(&model, worker, terminal)
    return loop.run { grid in
      model.draw(into: &grid)
    } handle: { input in
      switch input {
      case .event(let event):
        model.context.now = SystemClock.now
        model.handle(event)
      case .value(let news):
        model.handle(news, at: SystemClock.now)
        // What changed before the watch began is only seen by looking again.
        let context = model.context
        if let machine = context.machine, watched.update(of: machine, context.images) { model.lookAgain() }
      case .filesChanged: model.look()
      }
      carryOut(&model, worker, terminal)
      return model.isFinished ? .finish : .goOn
    }
  }

  private func context(_ terminal: any Terminal) -> Context {
    let sysroot = settings.layers.sysroot
    let colours = settings.wantsColour ? terminal.colours : 0
    var context = Context(
      now: SystemClock.now, host: settings.host, isReadOnly: settings.isReadOnly,
      isStoreReadOnly: settings.isStoreReadOnly, sysroot: sysroot.isMachine ? nil : sysroot.path,
      theme: settings.preferences.theme(colours: colours), preferences: settings.preferences, colours: colours)
    context.makesRootKeys = settings.rootKeys != nil
    context.changes = settings.changes?.kinds ?? []
    return context
  }

  private func carryOut(_ model: inout ConsoleModel, _ worker: Worker, _ terminal: any Terminal) {
    while case let effects = model.takePending(), !effects.isEmpty {
      for effect in effects { carryOut(effect, &model, worker, terminal) }
    }
  }

  private func carryOut(
    _ effect: Effect, _ model: inout ConsoleModel, _ worker: Worker, _ terminal: any Terminal
  ) {
    switch effect {
    case .work(let job): worker.start(job)
    case .stop(let cancellation): cancellation.cancel()
    case .copy(let text): _ = terminal.copy(text)
    case .useMouse(let isWanted): terminal.useMouse(isWanted)
    case .dropTypeAhead: terminal.ignoreInput(milliseconds: 250)
    case .askSecret: askSecret(&model, terminal)
    case .open, .switchTo, .close, .say, .perform, .needImages, .needContent, .lookAtContent: break
    }
  }

  /// Has a passphrase typed into locked memory; how many characters there are is shown, and by Ctrl-T what they are.
  private func askSecret(_ model: inout ConsoleModel, _ terminal: any Terminal) {
    let secret = terminal.readSecret(limit: GivenPassphrase.limit) { typing in
      if terminal.size != model.size { model.handle(.resize(terminal.size)) }
      model.take(.typing(typing))
      var grid = Grid(size: terminal.size)
      model.draw(into: &grid)
      terminal.draw(grid)
    }
    guard let secret else { return model.take(.cancelled) }
    model.take(.given(secret.withUnsafeBytes { SecretOctets($0) }))
  }
}
