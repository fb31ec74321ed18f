internal import ArgumentParser
internal import ContentChange
internal import ReadCommands
internal import Stores
internal import StrictJSON
internal import TrustModel

/// The repository whose staged changes are meant.
struct StagedOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The repository, as docker writes it.", valueName: "gun"), transform: Repository.argument)
  var repository: Repository

  @Option(
    name: .customLong("trust-dir"),
    help: ArgumentHelp("The folder of docker or notary; docker's own by default.", valueName: "dir"))
  var folder: String?

  /// What a suggested command needs as well.
  func given(_ options: CommonOptions) -> GivenOptions { GivenOptions(options, folder: folder) }

  /// The changes that wait.
  func staged(_ options: CommonOptions) throws -> StagedChanges {
    let folders = try options.trustFolders(named: folder)
    return StagedChanges(of: repository, in: folders[0], user: Environment.userID)
  }
}

/// `keyreeve content status`: the changes that wait.
struct ContentStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "List the changes that wait to be published.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var which: StagedOptions

  func run() throws {
    let staged = try which.staged(options)
    let entries = try withReasons { try staged.entries() }
    try Output(options).result(document(entries, staged)) { _ in
      guard !entries.isEmpty else { return ["no change of \(which.repository) waits"] }
      let hint = entries.wayOut(which.repository).map { given.completing("nothing is published before \($0)") }
      return entries.enumerated().map { "\($0.offset + 1)  \(Self.words($0.element))" } + (hint.map { [$0] } ?? [])
    }
  }

  private static func words(_ entry: StagedChanges.Entry) -> String {
    switch entry.change {
    case .success(let change): change.words
    case .failure(let problem): "\(VisibleText(entry.name, limit: 120)) cannot be used: \(problem)"
    }
  }

  private func document(_ entries: [StagedChanges.Entry], _ staged: StagedChanges) -> JSON {
    [
      "schema": "keyreeve.staged/1", "repository": JSON(which.repository.name), "folder": JSON(staged.place),
      "dryRun": .bool(false),
      "changes": .array(
        entries.map { entry in
          let (change, problem): (String?, String?) =
            switch entry.change {
            case .success(let change): (change.words, nil)
            case .failure(let problem): (nil, problem.description)
            }
          return ["file": JSON(entry.name), "change": JSON(change), "problem": JSON(problem)]
        }),
    ]
  }
}

/// `keyreeve content unstage`: takes changes away that wait.
struct ContentUnstageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unstage", abstract: "Take changes away that wait, by the numbers of keyreeve content status.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var which: StagedOptions

  @Flag(help: "All of them.")
  var all = false

  @Argument(help: "The numbers.")
  var numbers: [Int] = []

  func validate() throws {
    guard all != !numbers.isEmpty else { throw ValidationError("name the numbers of the changes, or --all") }
  }

  func run() throws {
    try withReasons {
      let staged = try which.staged(options)
      let entries = try staged.entries()
      for number in numbers where !entries.indices.contains(number - 1) {
        throw CommandFailure(
          .notFound, "there is no change \(number): keyreeve content status \(which.repository) lists them")
      }
      let names = entries.enumerated().filter { all || numbers.contains($0.offset + 1) }.map(\.element.name)
      try staged.remove(names)
      try Output(options).result([
        "schema": "keyreeve.unstaged/1", "repository": JSON(which.repository.name), "removed": JSON(names),
      ]) { _ in ["\(names.count) change\(names.count == 1 ? "" : "s") of \(which.repository) taken away"] }
    }
  }
}
