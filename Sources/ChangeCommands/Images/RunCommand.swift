public import ArgumentParser
internal import Discovery
internal import Fetch
internal import Glibc
internal import Images
internal import ReadCommands
internal import Registry
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve run`: judges an image again and runs it by an OCI runtime.
public struct RunCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Verify an image again and run its program by runc or crun.",
    discussion: """
      What the store does not hold is fetched first. The image is unpacked into a directory of its own, which is gone with \
      the run; the exit status is the program's. It has no network unless --net=host. Without root's rights it runs in a user \
      namespace, in which you are its root.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(
    help: ArgumentHelp(
      "An image of the store by its id or name, a name to fetch, an https address, or a file.", valueName: "image"))
  var image: String

  @Argument(parsing: .postTerminator, help: "Words for the program, behind those of the image.")
  var arguments: [String] = []

  @OptionGroup var running: RunOptions
  @OptionGroup var insecure: InsecureImageOptions

  @Option(
    name: .long,
    help: ArgumentHelp("The detached signature of a file or address; IMAGE.asc by default.", valueName: "file|url"))
  var signature: String?

  @Flag(name: .customLong("insecure-allow-http"), help: "Speak plain http where the address or discovery asks for it.")
  var allowHTTP = false

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses wishes that cannot be met.
  public func validate() throws {
    do {
      _ = try running.wishes(arguments)
    } catch let failure as RunFailure {
      throw ValidationError(failure.description)
    }
  }

  /// Finds or fetches it, and runs it.
  public func run() throws {
    let output = Output(options)
    insecure.warn(output)
    do {
      let wishes = try running.wishes(arguments)
      let runtime = try ContainerRuntime(
        running.runtime, searchPath: Environment["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin")
      let isContainer = ContainerFetchOptions.isMeant(by: image)
      let container = isContainer ? try containerImage(output) : nil
      let record = isContainer ? nil : try record(output)
      var runner = ImageRunner(options.images, by: runtime, wishes) { output.message("note: \($0)") }
      runner.skipsVerification = insecure.skipsVerification
      runner.hasInput = running.interactive
      runner.terminalType = Environment["TERM"]
      guard let record else {
        guard let container else { return }
        if case .ended(let status) = try runner.run(container), status != 0 { throw ProgramEnd(status) }
        return
      }
      switch try runner.run(record, at: SystemClock.now) {
      case .refused(let verdict): throw try refuse(verdict, output)
      case .ended(let status): if status != 0 { throw ProgramEnd(status) }
      }
    } catch let failure as RunFailure {
      throw CommandFailure(failure.reason, failure.description)
    } catch let failure as RegistryError {
      throw CommandFailure(failure.reason, failure.description)
    }
  }

  /// The container image whose tag is judged now; what the store does not hold of it is fetched.
  private func containerImage(_ output: Output) throws -> LayeredImage {
    let (fetched, wanted) = try ContainerFetchRun(
      options: options, reference: ContainerFetchOptions.reference(image), platform: nil,
      skipsVerification: insecure.skipsVerification,
      lookup: SignedTagLookup(options, keeping: KeepingContentCommand.keeper(options))
    ).fetch()
    guard !wanted.isUnverified || insecure.skipsVerification else { throw try refuse(wanted.verdict, output) }
    return try LayeredImage(fetched.record, in: options.containers)
  }

  /// The image in the store, fetched where it is not there.
  private func record(_ output: Output) throws -> ImageRecord {
    let isElsewhere = image.contains("://") || image.hasPrefix("/") || image.hasPrefix(".") || image.hasSuffix(".aci")
    if !isElsewhere {
      do throws(StoredImageError) {
        return try options.images.find(image)
      } catch {
        guard case .notFound = error else { throw CommandFailure(error.reason, error.description) }
        output.progress("the store does not hold it: fetching it")
      }
    }
    let source: ImageSource
    do throws(ImageSource.Failure) {
      source = try ImageSource(image)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
    let fetched = try ImageFetching(options: options, allowsHTTP: allowHTTP, signature: signature).fetch(
      source, skippingVerification: insecure.skipsVerification)
    guard let record = fetched.record else { throw try refuse(fetched.verdict, output) }
    return record
  }

  /// Prints why an image does not run; a document on standard output, words on standard error.
  private func refuse(_ verdict: Verdict, _ output: Output) throws -> CommandEnd {
    if options.json {
      try output.result(verdict.document) { _ in [] }
    } else {
      for line in output.text(of: verdict, isVerbose: options.verbose) { output.message(line) }
    }
    return CommandEnd(verdict.reason)
  }
}
