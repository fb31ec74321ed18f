internal import ContentChange
internal import ReadCommands
internal import SignedMetadata
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// The change log as commands keep it that change signing keys: which key, for what, in which file, and never anything of the key.
struct SigningKeyLog {
  private let options: CommonOptions
  private let given: GivenOptions

  init(_ options: CommonOptions, folder: String?) {
    self.options = options
    given = GivenOptions(options, folder: folder, isLasting: true)
  }

  /// Makes a change, which is in the log before it is on the disk.
  ///
  /// - Parameter back: how it is taken back, since undo does not.
  /// - Throws: `CommandFailure` where the log takes nothing, and then nothing is changed; what `body` throws.
  func record<Value>(
    _ verb: String, _ id: KeyID, _ headers: SigningKeyHeaders, file: String?, back: String, _ body: () throws -> Value
  ) throws -> Value {
    let log = ChangeLog(sysroot: options.machine, state: options.state, author: CurrentAuthor.value)
    let change = JournalEntry.Lasting(
      key: id.description, role: headers.role, repository: headers.repository, file: file, back: back)
    let words = VisibleText(headers.words, limit: 400)
    do {
      return try log.record(
        change, verb: verb, summary: "content key \(verb): \(id), \(words)", at: SystemClock.now, body)
    } catch let error as ChangeError {
      throw CommandFailure(error.reason, "nothing was changed, since the change log cannot be written: \(error)")
    }
  }

  /// How a key goes again that has come.
  ///
  /// - Parameter isNeeded: whether a repository stands on it by now.
  func removal(_ id: KeyID, isNeeded: Bool = false) -> String {
    let force = isNeeded ? ["--even-if-needed"] : []
    return "to take it back: "
      + ShellText.line(given.completing(["keyreeve", "content", "key", "remove", "\(id)", "--copy", "FILE"] + force))
  }

  /// How a passphrase comes back.
  static let formerPassphrase =
    "copies and backups that were made before open with the former passphrase: keyreeve restore, or keyreeve content key import"
}
