internal import ArgumentParser
internal import ContentChange
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import TrustModel
internal import TrustVerify

/// `keyreeve content key remove`: takes a key away, once a copy of it is proved.
struct ContentKeyRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a private key of which a copy is kept.",
    discussion: """
      Say what is kept of it: --copy writes one, --backup proves that a backup holds it, --without-copy keeps nothing, and \
      wants the key's digits typed. The last key here of a role is removed only with --even-if-needed, and its digits typed.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var keys: SigningKeyOptions

  @Option(help: ArgumentHelp("Write a copy into this new file first, and read it back.", valueName: "file"))
  var copy: String?

  @Option(help: ArgumentHelp("A backup that must hold the key just as it lies here.", valueName: "file"))
  var backup: String?

  @Flag(name: .customLong("without-copy"), help: "Keep nothing: no command brings the key back.")
  var withoutCopy = false

  @Flag(name: .customLong("even-if-needed"), help: "Remove it although it is the last key here of a role.")
  var isForced = false

  @Option(help: ArgumentHelp("The whole identifier again, where nobody can be asked.", valueName: "id"))
  var confirm: String?

  @Argument(help: "The identifier of the key, or its first digits.")
  var id: String

  func validate() throws {
    let ways = [copy != nil, backup != nil, withoutCopy].count(where: \.self)
    guard ways == 1 else {
      throw ValidationError("say what is kept of the key: one of --copy FILE, --backup FILE and --without-copy")
    }
  }

  func run() throws {
    let place = try keys.place(of: id, options)
    try withReasons {
      try SigningKeyFolder(place.folder, user: Environment.userID).check()
      let exported = try? ExportedKeyText(place)
      let needs = try KeyNeed.all(place)
      try checkNeed(place, needs)
      if let backup { try KeyBackupProof(backup).check(place) }
      let row = KeyChangeReport.Row(
        action: .removed, id: place.id, headers: exported?.headers ?? SigningKeyHeaders(role: nil, repository: nil),
        algorithm: nil, file: place.file, copy: copy ?? backup, notes: needs.map(\.words) + [undo(place)])
      if !keys.dryRun {
        if withoutCopy || isForced && !needs.isEmpty { try ask(place, isNeeded: !needs.isEmpty) }
        try remove(place, exported)
      }
      try KeyChangeReport(verb: "remove", isDryRun: keys.dryRun, rows: [row]).print(options)
    }
  }

  private func checkNeed(_ place: SigningKeyPlace, _ needs: [KeyNeed]) throws {
    guard !needs.isEmpty, !isForced else { return }
    throw CommandFailure(
      .declined,
      "key \(place.id) is not removed: \(needs.map(\.words).joined(separator: "; ")); to remove it all the same: "
        + "--even-if-needed")
  }

  /// Typed, so that a line out of the history does not do it.
  private func ask(_ place: SigningKeyPlace, isNeeded: Bool) throws {
    let what = isNeeded ? "the last key of a role" : "a key of which nothing is kept"
    let digits = place.id.description
    if let confirm {
      guard confirm.utf8.elementsEqual(digits.utf8) else {
        throw CommandFailure(.usage, "--confirm names another key: nothing was removed")
      }
      return
    }
    guard Environment.canAsk else {
      throw CommandFailure(
        .declined, "there is nobody to ask: to remove \(what), add --confirm \(digits)")
    }
    Output.complain("This is \(what), whatever repositories other machines know. Type its first 8 digits to remove it:")
    guard let answer = readLine(), answer.utf8.elementsEqual(digits.utf8.prefix(8)) else {
      throw CommandFailure(.declined, "those are not its digits: nothing was removed")
    }
  }

  private func remove(_ place: SigningKeyPlace, _ exported: ExportedKeyText?) throws {
    if let copy {
      guard let exported else {
        throw CommandFailure(
          .failed, "\(VisibleText(place.file)) holds no key that a copy could be made of: nothing was removed")
      }
      try KeyOutputFile.write(exported.text, to: copy, mode: 0o600)
    }
    let headers = exported?.headers ?? SigningKeyHeaders(role: nil, repository: nil)
    try SigningKeyLog(options, folder: keys.folder).record(
      "remove", place.id, headers, file: place.file, back: undo(place, by: Self.absolute)
    ) { try SigningKeyFolder(place.folder, user: Environment.userID).remove(place) }
  }

  /// A file as it is found from wherever somebody reads the log.
  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = Environment["PWD"], here.hasPrefix("/") else { return path }
    return here + "/" + path
  }

  private func undo(_ place: SigningKeyPlace, by path: (String) -> String = { $0 }) -> String {
    let machine = options.machineArguments
    let given = GivenOptions(options, folder: keys.folder, isLasting: true)
    if let copy = copy.map(path) {
      return "to take it back: " + ShellText.line(given.completing(["keyreeve", "content", "key", "import", copy]))
    }
    if let backup = backup.map(path) {
      let store = place.folder.path == options.stores.directory(of: .notaryTrust) ? Store.notaryTrust : .contentTrust
      return "to take it back: " + ShellText.line(["keyreeve", "restore", backup, "--only", store.rawValue] + machine)
    }
    return "nothing of it is kept: no command brings it back"
  }
}
