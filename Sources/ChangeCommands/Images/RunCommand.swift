public import ArgumentParser
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

      keyreeve run example.com/hello:0.0.1
      keyreeve run -i docker://registry.example/team/app:v1 -- sh
      keyreeve run -v /srv/data:/data:ro -e LEVEL=2 example.com/hello -- --verbose
      """)

  @OptionGroup var options: CommonOptions

  @Argument(
    help: ArgumentHelp(
      "An image of the store by its id or name, a name to fetch, docker://REF, an https address, or a file.",
      valueName: "image"))
  var image: String

  @Argument(
    parsing: .postTerminator,
    help: "Words for the program, behind those of an ACI, in place of the default ones of a container image.")
  var arguments: [String] = []

  @OptionGroup var running: RunOptions
  @OptionGroup var insecure: InsecureImageOptions

  @Option(
    name: .long,
    help: ArgumentHelp("The detached signature of a file or address; IMAGE.asc by default.", valueName: "file|url"))
  var signature: String?

  @Flag(name: .customLong("insecure-allow-http"), help: "Speak plain http where the address or discovery asks for it.")
  var allowHTTP = false

  @OptionGroup var container: ContainerFetchOptions

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses wishes that cannot be met.
  public func validate() throws {
    if ContainerFetchOptions.isMeant(by: image) { _ = try ContainerFetchOptions.reference(image) }
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
    try withReasons {
      let wishes = try running.wishes(arguments)
      let runtime = try ContainerRuntime(
        running.runtime, searchPath: Environment["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin")
      let subject = try subject(output)
      var runner = ImageRunner(options.images, by: runtime, wishes) { output.message("note: \($0)") }
      runner.skipsVerification = insecure.skipsVerification
      runner.hasInput = running.interactive
      runner.terminalType = Environment["TERM"]
      switch subject {
      case .container(let image): try end(try runner.run(image), output)
      case .image(let record): try end(try runner.run(record, at: SystemClock.now), output)
      }
    }
  }

  private func end(_ outcome: ImageRunner.Outcome, _ output: Output) throws {
    switch outcome {
    case .refused(let verdict): throw try refuse(verdict, output)
    case .ended(let status): if status != 0 { throw ProgramEnd(status) }
    }
  }

  /// Prints why an image does not run; a document on standard output, words on standard error.
  func refuse(_ verdict: Verdict, _ output: Output) throws -> CommandEnd {
    if options.json {
      try output.result(verdict.document) { _ in [] }
    } else {
      for line in output.text(of: verdict, isVerbose: options.verbose) { output.message(line) }
    }
    return CommandEnd(verdict.reason)
  }
}
