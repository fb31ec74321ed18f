internal import ReadCommands
internal import TrustChange
internal import TrustModel

/// The review of one key with its fingerprint compared: what a person has typed decides, not that they have read it.
struct ComparisonQuestions {
  /// The longest reason that can be typed, in characters.
  static let reasonLimit = 200

  let fingerprint: Fingerprint
  let scope: Scope
  private let dialog = Dialog()

  init(fingerprint: Fingerprint, scope: Scope) { (self.fingerprint, self.scope) = (fingerprint, scope) }

  /// Asks; what the log keeps of the answer, or nil where the key is left out.
  ///
  /// - Throws: `CommandFailure` `declined` where the answers end.
  func ask(isRefresh: Bool) throws -> String? {
    do throws(Dialog.NoAnswer) {
      if isRefresh {
        return try dialog.agrees("This key is trusted for these names already. Take over this copy of it?")
          ? "refreshed copy" : nil
      }
      return try answer()
    } catch {
      throw CommandFailure(.declined, "the answers ended before this key was agreed to: nothing was trusted")
    }
  }

  private func answer() throws(Dialog.NoAnswer) -> String? {
    let choices = [
      "trust it: compare its fingerprint with one that you got another way",
      "trust it without comparing, with a reason that the log keeps",
    ]
    while true {
      do throws(Dialog.NoAnswer) {
        guard try dialog.choice("This key, for \(scope.words)", choices, back: "leave it out") == 0 else {
          return "not compared: \(try reason())"
        }
        if let words = try compared() { return words }
      } catch {
        if error == .end { throw error }
        return nil
      }
    }
  }

  private func compared() throws(Dialog.NoAnswer) -> String? {
    let typed = try dialog.text("Type the fingerprint that you got another way: all 40 digits or the last 16")
    let comparison = FingerprintComparison(typed: typed, with: fingerprint)
    dialog.say(comparison.words)
    return comparison.isWhole ? "compared: \(comparison.words)" : nil
  }

  private func reason() throws(Dialog.NoAnswer) -> String {
    while true {
      let reason = try dialog.text("Why is it trusted without comparing? The log keeps it")
      if reason.count <= Self.reasonLimit { return reason }
      dialog.say("That is longer than \(Self.reasonLimit) characters.")
    }
  }
}
