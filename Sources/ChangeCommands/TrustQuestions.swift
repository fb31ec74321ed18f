internal import OpenPGP
internal import ReadCommands
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// The review on a terminal: each key in full, then yes or no; nothing else counts as an answer.
///
/// Where `compares`, the fingerprint is asked for, or a reason for doing without.
struct TrustQuestions {
  let scope: Scope
  let planner: ChangePlanner
  let isDryRun: Bool
  var compares = false

  /// Shows every key of a source and returns those that were agreed to.
  func ask(about review: TrustReview) throws -> [ReviewedKeys.Key] {
    var accepted: [ReviewedKeys.Key] = []
    for (index, candidate) in review.candidates.enumerated() {
      for line in ReviewText(review, index, scope, planner.now).lines { Output.complain(line) }
      let difference = planner.difference(of: candidate, in: scope)
      for line in difference?.lines ?? [] { Output.complain("  Changes      \(line)") }
      for mask in planner.masks(of: candidate.certificate.fingerprint, for: scope) {
        Output.complain("  Disabled by  \(mask): trusting it here makes it count again")
      }
      if let refusal = candidate.refusal, difference?.revokes != true {
        throw ChangeError.unfit(
          "key \(candidate.certificate.fingerprint) is not to be trusted: \(refusal); nothing was trusted")
      }
      if isDryRun {
        accepted.append(.init(candidate: candidate))
        continue
      }
      if compares {
        let comparison = ComparisonQuestions(fingerprint: candidate.certificate.fingerprint, scope: scope)
        guard let reason = try comparison.ask(isRefresh: difference != nil) else { continue }
        accepted.append(.init(candidate: candidate, reason: reason))
        continue
      }
      guard Environment.canAsk else {
        throw CommandFailure(
          .declined,
          "there is nobody to review key \(candidate.certificate.fingerprint): to trust exactly this key without a"
            + " question, add --fingerprint \(candidate.certificate.fingerprint)")
      }
      if try confirm(isRefresh: difference != nil) { accepted.append(.init(candidate: candidate)) }
    }
    return accepted
  }

  private func confirm(isRefresh: Bool) throws -> Bool {
    let question =
      isRefresh
      ? "This key is trusted for \(scope.words) already. Take over the refreshed copy? Type yes or no:"
      : "Trust this key for \(scope.words)? Type yes or no:"
    while true {
      Output.complain(question)
      guard let answer = readLine() else {
        throw CommandFailure(.declined, "the answer ended without yes or no: nothing was trusted")
      }
      switch answer {
      case "yes": return true
      case "no": return false
      default: continue
      }
    }
  }
}
