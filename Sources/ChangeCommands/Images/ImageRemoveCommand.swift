internal import ArgumentParser
internal import Images
internal import ReadCommands
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
    let ids = try images.map { try ImageRemoval.id(of: $0, in: stored) }
    do throws(ImageStoreError) {
      if !dryRun { for id in Set(ids) { try writer.remove(id, force: force) } }
    } catch {
      throw CommandFailure(error.reason, error.description)
    }
    let word = dryRun ? "would be removed" : "removed"
    try Output(options).result([
      "schema": "keyreeve.image-removal/1", "dryRun": .bool(dryRun), "removed": JSON(ids.map(\.description)),
    ]) { _ in ids.map { "\(word): \($0)" } }
  }
}

/// Which image is meant by an argument, also where its record is damaged.
enum ImageRemoval {
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
