public import StrictJSON
public import TrustModel
internal import TrustVerify

extension Output {
  /// Prints a verdict as the result of a command, which ends with its exit status.
  ///
  /// - Parameters:
  ///   - extra: further members of the document.
  ///   - lines: further lines of the text.
  public func conclude(
    _ verdict: Verdict, isVerbose: Bool, extra: [JSON.Member] = [], lines: [String] = []
  ) throws {
    do {
      try result(.object((verdict.document.members ?? []) + extra)) { style in
        VerdictText(verdict: verdict, style: style, isVerbose: isVerbose).lines + lines
      }
    } catch  where !verdict.isAccepted {
      // A refusal that could not be printed is still that refusal.
      throw CommandEnd(verdict.reason)
    }
    if !verdict.isAccepted { throw CommandEnd(verdict.reason) }
  }

  /// A verdict in words, for standard error.
  public func text(of verdict: Verdict, isVerbose: Bool) -> [String] {
    VerdictText(verdict: verdict, style: TextStyle(isColoured: false), isVerbose: isVerbose).lines
  }
}
