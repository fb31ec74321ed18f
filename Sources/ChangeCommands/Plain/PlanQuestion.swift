internal import ReadCommands
internal import TrustChange
internal import TrustModel

/// The question after a plan: nothing is written unless it is answered.
///
/// Where images that were accepted would be refused, the last four digits of the key are asked for as well.
struct PlanQuestion {
  let change: Change

  /// - Throws: `CommandFailure` `declined` for every answer but the one that agrees.
  func ask() throws {
    let dialog = Dialog()
    do throws(Dialog.NoAnswer) {
      guard try dialog.agrees("Apply this plan?") else { throw .back }
      guard let key = change.keyToConfirm else { return }
      let which = change.verb == .rotate ? "the OLD key" : "the key"
      let typed = try dialog.text("Images will be refused. Type the last 4 digits of \(which)")
      guard typed.lowercased() == key.description.suffix(4) else {
        dialog.say("These are not the last 4 digits of \(which).")
        throw .back
      }
    } catch {
      throw CommandFailure(.declined, "nothing was changed")
    }
  }
}
