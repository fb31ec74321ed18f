internal import ReadCommands
internal import TrustChange
internal import TrustModel

/// The question after a plan: nothing is written unless it is answered.
///
/// Where images that were accepted would be refused, the last four digits of the key are asked for as well, or
/// how many keys no longer count.
struct PlanQuestion {
  let change: Change

  /// - Throws: `CommandFailure` `declined` for every answer but the one that agrees.
  func ask() throws {
    let dialog = Dialog()
    do throws(Dialog.NoAnswer) {
      guard try dialog.agrees("Apply this plan?") else { throw .back }
      guard let demand = change.demand else { return }
      let which = change.verb == .rotate ? "the OLD key" : "the key"
      let (question, wrong) =
        switch demand {
        case .digits: ("Type the last 4 digits of \(which)", "These are not the last 4 digits of \(which).")
        case .count: ("Type how many keys no longer count", "That is not how many keys no longer count.")
        }
      guard try dialog.text("Images will be refused. \(question)").lowercased() == demand.answer else {
        dialog.say(wrong)
        throw .back
      }
    } catch {
      throw CommandFailure(.declined, "nothing was changed")
    }
  }
}
