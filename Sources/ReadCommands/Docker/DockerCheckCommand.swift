public import ArgumentParser
internal import BuildFiles
internal import StrictJSON
internal import TrustModel

/// `keyreeve docker check`: which images of Dockerfiles and compose files are signed, without building anything.
public struct DockerCheckCommand: LearningCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say which images of a Dockerfile or compose file are signed, by whom and until when, without building.",
    discussion: """
      A Dockerfile is read as BuildKit reads it, for the stages that the target needs; with DOCKER_BUILDKIT=0 in the \
      environment as the classic builder does. A compose file is followed to what it includes, extends and builds \
      below its own folder. The exit status is that of the worst answer, 0 where everything is signed.
      """)

  /// The common options.
  @OptionGroup public var options: CommonOptions
  @OptionGroup var reading: BuildFileOptions
  @OptionGroup var content: ReferenceOptions

  @Argument(help: ArgumentHelp("Dockerfiles and compose files; - for standard input.", valueName: "file"))
  var files: [String]

  /// A command, filled in by the parser.
  public init() {}

  /// Every file is one that can be read once.
  public func validate() throws {
    guard files.filter({ $0 == "-" }).count <= 1 else { throw ValidationError("- stands for one file alone") }
  }

  /// Checks, and has what was learned kept.
  public func run(keeping keeper: ContentKeeper?) throws {
    let settings = try reading.settings()
    let read = files.map { CheckedFile(path: $0, type: reading.type, settings) }
    var register = SignatureRegister(try content.reader(options, keeping: keeper))
    let check = ImageCheck(
      files: read.map { file in
        file.answered { mention in
          options.progress("looking at \(VisibleText(mention.written))")
          return register.answer(to: mention)
        }
      })
    do {
      try Output(options).result(check.document) {
        CheckText(check: check, style: $0, isVerbose: options.verbose).lines
      }
    } catch  where check.reason != .accepted {
      // A refusal that could not be printed is still that refusal.
      throw CommandEnd(check.reason)
    }
    if check.reason != .accepted { throw CommandEnd(check.reason) }
  }
}
