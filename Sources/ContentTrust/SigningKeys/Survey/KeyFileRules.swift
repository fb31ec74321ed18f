internal import SignedMetadata
internal import Stores
internal import TrustModel

/// Rules for the file of a key: its kind, rights and name.
struct KeyFileRules {
  let place: KeyPlace
  let record: SigningKeyRecord
  /// Whose the folder `private` is.
  let folderOwner: UInt32

  var findings: [SigningKeyFinding] {
    [link, broken, rights, owner, name, ending, layout].compactMap { $0 }
  }

  private func finding(
    _ id: String, _ severity: Finding.Severity, _ message: String, fix: [String]? = nil
  ) -> SigningKeyFinding {
    SigningKeyFinding(id, severity, key: record.id, file: record.file, message, fix: fix)
  }

  private var argument: String { place.argument(record.file) }

  private var link: SigningKeyFinding? {
    guard record.status.kind == .symbolicLink else { return nil }
    return finding(
      "link", .warning,
      "\(record.subject): it is a symbolic link, which docker, notary and keyreeve pass over; where it leads is shown by: "
        + ShellText.line(["readlink", argument]))
  }

  private var broken: SigningKeyFinding? {
    guard record.status.kind != .symbolicLink, let problem = record.problem else { return nil }
    return finding(
      "broken-file", .error,
      "\(record.subject) \(problem); keyreeve restore FILE brings back what a backup of keyreeve holds")
  }

  private var rights: SigningKeyFinding? {
    guard record.status.kind == .regular, record.status.mode & 0o7777 != 0o600 else { return nil }
    let isOpen = record.status.mode & 0o077 != 0
    let why =
      !isOpen
      ? ""
      : record.contents?.protection == KeyProtection.none
        ? ": other users may have the key" : ": other users may have a copy, and try passphrases on it"
    return finding(
      "file-mode", isOpen ? .error : .note,
      "\(record.subject) has mode \(record.status.octalMode), not 0600\(why)", fix: ["chmod", "600", argument])
  }

  private var owner: SigningKeyFinding? {
    let folder = folderOwner
    guard record.status.kind == .regular, folder != record.status.owner else { return nil }
    return finding(
      "owner", .warning,
      "\(record.subject) belongs to user \(record.status.owner), and its folder to user \(folder)",
      fix: ["chown", "\(folder)", argument])
  }

  private var name: SigningKeyFinding? {
    guard record.name.hasEnding, record.status.kind != .symbolicLink else { return nil }
    guard let stated = record.name.id else {
      let id = record.contents?.id
      return finding(
        "file-name", .warning,
        "\(record.subject): its name is no key identifier, under which docker and notary would look for it",
        fix: id.map { ["mv", "-n", argument, place.argument(place.file(of: $0))] })
    }
    guard record.confirmation == .contradicted, let id = record.contents?.id else { return nil }
    return finding(
      "key-id", .error,
      "\(VisibleText(record.file)) is named for key \(stated), and holds key \(id): docker and notary go by the name",
      fix: record.name.isOld ? nil : ["mv", "-n", argument, place.argument(place.file(of: id))])
  }

  private var ending: SigningKeyFinding? {
    guard !record.name.hasEnding, let contents = record.contents else { return nil }
    return finding(
      "no-ending", .warning,
      "\(record.subject): its name does not end in .key, so that docker and notary do not see it",
      fix: (contents.id ?? record.name.id).map { ["mv", "-n", argument, place.argument(place.file(of: $0))] })
  }

  private var layout: SigningKeyFinding? {
    guard record.name.isOld else { return nil }
    return finding(
      "old-layout", .note,
      "\(record.subject) lies in an older layout: the next start of docker or notary moves it, and deletes the old "
        + "folders with what they hold; to keep a copy: keyreeve backup FILE")
  }
}
