internal import ArgumentParser
internal import Images
internal import ReadCommands
internal import Registry
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve image gc`: removes what no image that was asked for needs.
struct ImageCleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Remove images that only others stood on, and what interrupted work and runs have left.",
    discussion: "Images that were asked for stay: remove these with keyreeve image rm.")

  @OptionGroup var options: CommonOptions

  @Option(
    name: .customLong("grace-period"),
    help: ArgumentHelp("Keep interrupted downloads that are younger.", valueName: "hours"))
  var hours = Int(ImageStoreWriter.grace / 3600)

  @Flag(name: .customLong("dry-run"), help: "Say what would be removed and remove nothing.")
  var dryRun = false

  func validate() throws {
    guard (0...87_600).contains(hours) else { throw ValidationError("--grace-period is from 0 to 87600 hours") }
  }

  func run() throws {
    let (grace, now) = (Int64(hours) * 3600, SystemClock.now)
    let (cleaning, containers, runs) = try withReasons {
      (
        try ImageStoreWriter(options.images).clean(grace: grace, at: now, dryRun: dryRun),
        try ContainerStoreWriter(options.containers).clean(grace: grace, at: now, dryRun: dryRun),
        try ImageRunner.takeLeftoversAway(of: options.images, dryRun: dryRun)
      )
    }
    let word = dryRun ? "would be removed" : "removed"
    try Output(options).result([
      "schema": "keyreeve.image-cleaning/1", "dryRun": .bool(dryRun),
      "images": JSON(cleaning.images.map(\.description)),
      "downloads": JSON(cleaning.downloads + containers.downloads), "leftovers": JSON(cleaning.leftovers),
      "blobs": JSON(containers.blobs), "runs": JSON(runs),
    ]) { _ in
      cleaning.images.map { "\(word): \($0)" } + [
        "\(word): \(cleaning.images.count) images, \(cleaning.downloads + containers.downloads) interrupted downloads,"
          + " \(cleaning.leftovers) other leftovers, \(runs) ended runs"
          + (containers.blobs > 0 ? ", \(containers.blobs) blobs of container images" : "")
      ]
    }
  }
}
