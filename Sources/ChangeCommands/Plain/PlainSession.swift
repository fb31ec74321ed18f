public import ArgumentParser
internal import Glibc
public import ReadCommands
internal import Stores
internal import TrustModel

/// The terminal interface as numbered questions: each answer becomes a command line of the program, which does the work
/// and prints what it always prints.
public struct PlainSession {
  /// Whether changes are only shown, with the command that makes them.
  public var isReadOnly = false
  /// The same for the images.
  public var isStoreReadOnly = false

  let root: any ParsableCommand.Type
  let options: CommonOptions
  let dialog = Dialog()

  /// A session that runs commands of the program `root` with these common options.
  public init(_ root: any ParsableCommand.Type, _ options: CommonOptions) {
    (self.root, self.options) = (root, options)
  }

  /// Asks until the person quits or the input ends.
  public func run() {
    Environment.beAccessible()
    let host = VisibleText(Environment.hostName, limit: 80)
    dialog.say("Keyreeve \(ReadCommandList.version) on \(host.description.isEmpty ? "this machine" : host.description)")
    if isReadOnly { dialog.say("Nothing is changed here: each change is shown, with the command that makes it.") }
    var isFirst = true
    while true {
      do throws(Dialog.NoAnswer) {
        let titles = PlainMenu.items.map(\.title)
        // A list that was read once is in the way the next time.
        let item = try dialog.choice("Menu", titles, back: "quit", isShown: isFirst)
        isFirst = false
        try PlainMenu.items[item].run(self)
      } catch {
        if error == .end { dialog.say("The answers have ended.") }
        return
      }
    }
  }

  /// Runs a menu below the main one, until the person goes back out of it.
  func leaving(_ body: () throws(Dialog.NoAnswer) -> Void) throws(Dialog.NoAnswer) {
    do throws(Dialog.NoAnswer) {
      try body()
    } catch {
      if error == .end { throw error }
    }
  }

  /// Runs a command that looks.
  ///
  /// `operands` are never taken for options, whatever they begin with.
  func look(_ command: [String], _ operands: [String] = []) {
    dialog.say("")
    _ = Program.attempt(root, words(command, operands))
  }

  /// Runs a command that changes, which shows its plan and asks; without the right to write the plan alone is shown.
  func change(_ command: [String], _ operands: [String] = []) {
    guard isReadOnly else { return look(command + ["--ask"], operands) }
    look(command + ["--dry-run"], operands)
    offer(command + ["--ask"], operands)
  }

  /// Names the command that somebody who may write can run.
  func offer(_ command: [String], _ operands: [String] = []) {
    let line = ["sudo", "keyreeve"] + words(command, operands)
    dialog.say("To do it: \(line.map { VisibleText(Self.quoted($0)).description }.joined(separator: " "))")
  }

  private func words(_ command: [String], _ operands: [String]) -> [String] {
    command + options.machineArguments + (options.verbose ? ["--verbose"] : [])
      + (operands.isEmpty ? [] : ["--"] + operands)
  }

  /// A word as a shell takes it.
  private static func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.utf8.allSatisfy { plain.contains($0) }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }

  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./:,+@%".utf8)
}
