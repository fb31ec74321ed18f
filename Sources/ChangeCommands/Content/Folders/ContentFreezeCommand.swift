public import ArgumentParser
internal import ContentChange
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve content freeze`: the metadata of repositories and a lock file of their tags, to be verified offline and for ever.
public struct ContentFreezeCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "freeze",
    abstract: "Keep the metadata of repositories and their tags' digests, to verify offline and for ever.",
    discussion: """
      Makes a folder with keyreeve.lock (every tag with its digest, and by whose keys) and the metadata that proves it. \
      content list, lookup, inspect and verify read it by --frozen DIR, as of the moment of the freeze. The digest of \
      the lock file, noted elsewhere, is checked by --frozen-digest.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("The repositories.", valueName: "gun"), transform: Repository.argument)
  var repositories: [Repository]

  @Option(help: ArgumentHelp("The folder to make.", valueName: "dir"))
  var output: String

  @Flag(help: "Replace a freeze that is there.")
  var overwrite = false

  @OptionGroup var place: MetadataPlaceOptions

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses more repositories than a freeze holds, and one that is named twice.
  public func validate() throws {
    guard repositories.count <= FreezeLock.repositoryLimit else {
      throw ValidationError("at most \(FreezeLock.repositoryLimit) repositories in one freeze")
    }
    guard Set(repositories).count == repositories.count else { throw ValidationError("a repository is named twice") }
  }

  /// Reads all, then writes.
  public func run() throws {
    var reader = try ContentReader(options, folder: place.folder, keeping: KeepingContentCommand.keeper(options))
    (reader.server, reader.allowsFirstUse) = (place.server, place.allowsFirstUse)
    let frozen = try repositories.map { try read($0, reader) }
    let freeze: Freeze
    do throws(FreezeFolder.Failure) {
      freeze = try FreezeFolder(try absolute(output)).write(frozen, at: SystemClock.now, replacing: overwrite)
    } catch {
      throw CommandFailure(error.reason, "\(error)")
    }
    try Output(options).result(document(freeze)) { _ in
      freeze.lock.repositories.map { "\($0.repository): \($0.tags.count) tags, \($0.files.count) files" }
        + ["\(VisibleText(freeze.folder.path)): frozen on \(freeze.lock.frozen), sha256:\(freeze.digest)"]
    }
  }

  private func read(_ repository: Repository, _ reader: ContentReader) throws -> RepositoryFreeze {
    let (reading, source) = try reader.read(repository)
    if let cause = reading.offline {
      throw CommandFailure(.failed, "\(repository): \(cause); what was kept here is not frozen in its place")
    }
    for error in reading.passedOver {
      Output.complain("warning: \(repository): role \(VisibleText(error.role.description)) is not frozen: \(error)")
    }
    let answer = try reader.answers(of: repository)
    do throws(FreezeError) {
      return try RepositoryFreeze(reading, from: source, answer: answer)
    } catch {
      throw CommandFailure(error.reason, "\(error)")
    }
  }

  private func absolute(_ path: String) throws(FreezeFolder.Failure) -> String {
    guard !path.hasPrefix("/") else { return path }
    guard let here = Environment["PWD"], here.hasPrefix("/") else { throw .path(path) }
    return here + "/" + path
  }

  private func document(_ freeze: Freeze) -> JSON {
    [
      "schema": "keyreeve.frozen/1", "output": JSON(freeze.folder.path), "frozen": JSON(freeze.lock.frozen.description),
      "digest": JSON("sha256:" + freeze.digest),
      "repositories": .array(
        freeze.lock.repositories.map {
          [
            "repository": JSON($0.repository.name), "tags": JSON($0.tags.count), "files": JSON($0.files.count),
            "firstRoot": JSON($0.firstRoot), "expires": JSON($0.expires.description),
          ]
        }),
    ]
  }
}
