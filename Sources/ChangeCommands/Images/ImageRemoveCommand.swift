internal import ArgumentParser
internal import Images
internal import ReadCommands
internal import Registry
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve image rm`: removes fetched images.
struct ImageRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rm", abstract: "Remove fetched images.")

  @OptionGroup var options: CommonOptions

  @Argument(
    help: ArgumentHelp(
      "The images: the beginning of an id, or a name with as many labels as tell it apart.", valueName: "image"))
  var images: [String]

  @Flag(name: .long, help: "Remove images that others stand on, too.")
  var force = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be removed and remove nothing.")
  var dryRun = false

  func run() throws {
    let stored = options.images
    let writer = ImageStoreWriter(stored)
    // Every argument is looked up before anything is removed.
    var (ids, containers): ([ImageID], [ContainerRecord]) = ([], [])
    for image in images {
      if let records = try ImageRemoval.containers(image, options) {
        containers += records
      } else {
        ids.append(try ImageRemoval.id(of: image, in: stored))
      }
    }
    try withReasons {
      if !dryRun { for id in Set(ids) { try writer.remove(id, force: force) } }
      if !dryRun, !containers.isEmpty { try ContainerStoreWriter(options.containers).remove(containers) }
    }
    let word = dryRun ? "would be removed" : "removed"
    let names = ids.map(\.description) + containers.map { "docker://\($0.reference) (\($0.platform))" }
    try Output(options).result([
      "schema": "keyreeve.image-removal/1", "dryRun": .bool(dryRun), "removed": JSON(names),
    ]) { _ in names.map { "\(word): \($0)" } }
  }
}

/// Which image is meant by an argument, also where its record is damaged.
enum ImageRemoval {
  /// The container images that an argument means; nil where it means none.
  static func containers(_ text: String, _ options: CommonOptions) throws -> [ContainerRecord]? {
    guard !text.hasPrefix("docker://"), !text.hasPrefix("sha256:") else {
      guard case .containers(let records) = try StoredSubject(text, options) else { return nil }
      return records
    }
    guard case .containers(let records) = try? StoredSubject(text, options) else { return nil }
    return records
  }

  static func id(of text: String, in images: StoredImages) throws -> ImageID {
    do throws(StoredImageError) {
      return try images.find(text).id
    } catch .damaged(let id, _) {
      return id
    } catch {
      throw CommandFailure(error.reason, error.description)
    }
  }
}
