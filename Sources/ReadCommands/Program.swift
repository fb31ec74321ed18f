public import ArgumentParser
internal import Glibc
internal import StrictJSON
internal import TrustModel

/// Runs a program's command line and ends the process with the exit status of CONTRACT, "Exit codes".
public enum Program {
  /// Parses the arguments, runs the command they name, and exits.
  public static func run(_ root: any ParsableCommand.Type) -> Never {
    run(root) { .words($0) }
  }

  /// What became of words that may be another program's.
  public enum Foreign {
    /// They are this program's own, perhaps in another order.
    case words([String])
    /// They were run, with this exit status.
    case ended(Int32)
  }

  /// The same for a program of which some commands take another program's words, which nobody here may take for options: these are
  /// given to `foreign` first.
  public static func run(_ root: any ParsableCommand.Type, foreign: ([String]) -> Foreign) -> Never {
    prepareProcess()
    // Repaired by the language's own reading, it would be another name.
    if let number = unreadableArgument {
      exit(complain(root, .usage, "argument \(number) is not UTF-8: names and files are given as UTF-8 text"))
    }
    switch foreign(CommandWords.commandFirst(Array(CommandLine.arguments.dropFirst()))) {
    case .ended(let status): exit(status)
    case .words(let arguments):
      let words = CommandWords(root, arguments)
      if let problem = words.problem { exit(complain(root, .usage, problem)) }
      exit(attempt(root, words.arguments))
    }
  }

  /// Runs what a command does, and says on standard error what went wrong.
  ///
  /// - Parameters:
  ///   - name: the program, as it is named in messages.
  ///   - isDocument: whether an error is printed as a document, too.
  ///   - body: gives the exit status.
  public static func attempt(_ name: String, isDocument: Bool, _ body: () throws -> Int32) -> Int32 {
    do {
      return try body()
    } catch let end as CommandEnd {
      return end.reason.exitStatus
    } catch let failure as CommandFailure {
      return complain(name, isDocument: isDocument, failure.reason, failure.description)
    } catch {
      return complain(name, isDocument: isDocument, .failed, "\(error)")
    }
  }

  /// Parses the arguments and runs the command they name; says on standard error what went wrong.
  ///
  /// - Returns: The exit status.
  public static func attempt(_ root: any ParsableCommand.Type, _ arguments: [String]) -> Int32 {
    var given: GivenOptions?
    do {
      var command = try root.parseAsRoot(arguments)
      given = (command as? any SuggestingCommand)?.given
      try command.run()
      return 0
    } catch let end as CommandEnd {
      return end.reason.exitStatus
    } catch let end as ProgramEnd {
      return end.status
    } catch let failure as CommandFailure {
      return complain(root, failure.reason, given?.completing(failure.description) ?? failure.description)
    } catch {
      return end(root, error, arguments)
    }
  }

  /// The number of an argument that is not UTF-8; nil where all are.
  private static var unreadableArgument: Int? {
    (1..<max(1, Int(CommandLine.argc))).first { index in
      CommandLine.unsafeArgv[index].map { String(validatingCString: $0) == nil } ?? false
    }
  }

  /// A file must never be opened as one of the three standard streams, and a limit on file sizes is an error like
  /// others, not the end of the process.
  private static func prepareProcess() {
    for stream in CInt(0)...2 where fcntl(stream, F_GETFD) < 0 { _ = open("/dev/null", O_RDONLY) }
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Ends for help, a version, or arguments that could not be read.
  private static func end(_ root: any ParsableCommand.Type, _ error: any Error, _ arguments: [String]) -> Int32 {
    let code = root.exitCode(for: error)
    let text = ArgumentMessage(root.fullMessage(for: error), about: arguments).text
    if code == .success {
      return Output.write(Array((text + "\n").utf8), to: 1) ? 0 : Reason.failed.exitStatus
    }
    if wantsJSON { return complain(root, .usage, ArgumentMessage(root.message(for: error), about: arguments).text) }
    Output.complain(text)
    return Reason.usage.exitStatus
  }

  private static func complain(_ root: any ParsableCommand.Type, _ reason: Reason, _ message: String) -> Int32 {
    complain(root._commandName, isDocument: wantsJSON, reason, message)
  }

  private static func complain(_ name: String, isDocument: Bool, _ reason: Reason, _ message: String) -> Int32 {
    if isDocument {
      let document: JSON = [
        "schema": "keyreeve.error/1", "reason": JSON(reason.rawValue), "message": JSON(message),
      ]
      Output.write(document.encoded(pretty: true) + [UInt8(ascii: "\n")], to: 1)
    }
    Output.complain("\(name): \(message)")
    return reason.exitStatus
  }

  private static var wantsJSON: Bool {
    CommandLine.arguments.dropFirst().prefix { $0 != "--" }.contains("--json")
  }
}
