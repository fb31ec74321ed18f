internal import ContentTrust
internal import Credentials
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// What of content trust is found on a machine.
struct TrustInventory {
  /// A file of configuration, and what it sets.
  struct Setting {
    let file: String
    let name: String
    let value: String?
  }

  /// A mention in a file.
  struct Use {
    let file: String
    let kind: SettingsFileKind
    let mention: TrustMention
  }

  private(set) var variables: [(name: String, value: String?)] = []
  private(set) var settings: [Setting] = []
  private(set) var repositories: [CachedRepository] = []
  private(set) var keys: [SigningKeyRecord] = []
  private(set) var uses: [Use] = []
  /// What could not be looked at.
  private(set) var obstacles: [String] = []
  let docker: String?
  let now = SystemClock.now
  private let machine: Sysroot

  /// The most mentions that are shown.
  static let useLimit = 100_000

  init(_ common: CommonOptions, folder: String?) throws {
    machine = common.machine
    docker = InstalledDocker.version(on: machine)
    for name in TrustVariable.names {
      guard let value = Environment[name], !value.isEmpty else { continue }
      variables.append((name, TrustVariable.isPublic(name) ? TrustVariable.shown(value) : nil))
    }
    readSettings(common)
    for folder in try common.trustFolders(named: folder) { read(folder) }
  }

  private mutating func read(_ folder: TrustFolder) {
    do throws(StoreError) {
      repositories += try folder.repositories().map { CachedRepository($0, in: folder) }
      keys += try SigningKeySurvey(folder).keys
    } catch {
      obstacles.append(folder.sentence(error))
    }
  }

  private mutating func readSettings(_ common: CommonOptions) {
    do {
      let configuration = try common.configuration()
      for name in configuration.registries {
        guard let entry = configuration.value(.server, in: .registry(name)), let text = entry.text else { continue }
        let file = "\(machine.located(entry.file)):\(entry.line)"
        settings.append(Setting(file: file, name: "[registry \(name)] server", value: TrustVariable.shown(text)))
      }
      for name in configuration.repositories {
        settings.append(Setting(file: "keyreeve", name: "[repository \(name)]", value: nil))
      }
    } catch {
      obstacles.append("\(error)")
    }
    if let folder = ForeignFolder.docker(sysroot: machine, environment: { Environment[$0] }) { note(folder, nil) }
    if let home = Environment["HOME"], home.hasPrefix("/") {
      note(ForeignFolder(sysroot: machine, path: home + "/.notary"), ["remote_server", "url"])
    }
  }

  /// A `config.json`, and the server that it names.
  private mutating func note(_ folder: ForeignFolder, _ path: [JSONString]?) {
    let file = folder.located("config.json")
    do {
      guard let octets = try folder.contents(of: "config.json", limit: NotaryConfiguration.limit) else { return }
      let limits = JSONLimits(octets: NotaryConfiguration.limit, numbers: .anyNumber)
      var tree: JSON? = try JSON.parse(octets, limits: limits)
      guard let path else { return settings.append(Setting(file: file, name: "config.json", value: nil)) }
      for name in path { tree = tree?[name] }
      let value = tree?.string.map { TrustVariable.shown($0.text) }
      settings.append(Setting(file: file, name: path.map(\.text).joined(separator: "."), value: value))
    } catch {
      obstacles.append(error is StoreError ? "\(error)" : "\(VisibleText(file)): \(error)")
    }
  }

  /// Adds what is mentioned in the files below a folder.
  ///
  /// - Throws: `CommandFailure` where the folder cannot be opened.
  mutating func look(through folder: String) throws {
    var found: [Use] = []
    var tree = FileTree(wants: { SettingsFileKind($0, in: $1, executable: $2.mode & 0o111 != 0) != nil }) {
      path, octets in
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      guard found.count < Self.useLimit, let (kind, isScript) = Self.kind(name, path) else { return }
      found += TrustMention.all(in: octets, isScript: isScript).map { Use(file: path, kind: kind, mention: $0) }
    }
    do throws(StoreError) {
      try tree.read(try Self.absolute(folder, on: machine), under: machine)
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
    uses += found
    obstacles += tree.obstacles.map { "\($0)" }
    if let cut = tree.cut { obstacles.append("\(VisibleText(folder)) was not looked through to its end: \(cut)") }
  }

  /// The kind of a file by its path, and whether only its beginning says that it is a script.
  private static func kind(_ name: String, _ path: String) -> (SettingsFileKind, Bool)? {
    let parents = path.split(separator: "/").dropLast().map(String.init)
    if let kind = SettingsFileKind(name, in: parents, executable: false) { return (kind, false) }
    return SettingsFileKind(name, in: parents, executable: true).map { ($0, true) }
  }

  private static func absolute(_ folder: String, on machine: Sysroot) throws(StoreError) -> String {
    var path = folder
    if !path.hasPrefix("/") {
      guard let here = Environment["PWD"], here.hasPrefix("/") else { throw .missing(folder) }
      path = here + "/" + folder
    }
    let isBelow = !machine.isMachine && path.hasPrefix(machine.path + "/")
    return isBelow ? String(path.dropFirst(machine.path.count)) : path
  }
}
