internal import ContentChange
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// Which root key a new repository gets: never a new one by accident, and never one out of several by chance.
struct RootKeyChoice {
  /// A key that is here; nil for one that is to be made.
  let id: KeyID?

  /// Chooses among the root keys of folders.
  ///
  /// - Parameters:
  ///   - state: Keyreeve's own directory, which tells what was superseded.
  ///   - wanted: the identifier that was named, or its beginning.
  ///   - isNew: whether a new one was asked for.
  /// - Throws: `CommandFailure`.
  init(in folders: [TrustFolder], _ state: StateDirectory, named wanted: String?, isNew: Bool) throws {
    guard !isNew else {
      id = nil
      return
    }
    let keys = try Self.ids(of: "root", nil, in: folders)
    let superseded = SupersededKeys(in: folders, state)
    if let wanted {
      let found = keys.filter { $0.description.utf8.starts(with: wanted.utf8) }
      guard found.count == 1 else {
        let words = found.isEmpty ? "begins no root key" : "begins \(found.count) root keys"
        throw CommandFailure(
          found.isEmpty ? .notFound : .usage,
          "--root-key \(VisibleText(wanted, limit: 80)) \(words) that are here: \(Self.list(keys, superseded))")
      }
      id = found[0]
      if let words = superseded.words(found[0]) { Output.complain("warning: root key \(found[0]) was \(words)") }
      return
    }
    // One that others have taken the place of is never taken without a word.
    let current = keys.filter { superseded.places(of: $0).isEmpty }
    id = keys.count > 1 && current.count != 1 || current.isEmpty ? try Self.ask(keys, superseded) : current.first
  }

  private static func ask(_ keys: [KeyID], _ superseded: SupersededKeys) throws -> KeyID? {
    guard !keys.isEmpty else { return nil }
    let list = list(keys, superseded)
    guard !Respondent.isThere else {
      throw CommandFailure(
        .declined, "\(keys.count) root keys are here: say by its first digits which one is meant, of \(list)")
    }
    guard Environment.canAsk else {
      throw CommandFailure(
        .declined,
        "\(keys.count) root keys are here, and there is nobody to ask which one is meant: add --root-key ID, of \(list)"
      )
    }
    guard let index = try? Dialog().choice("Root keys that are here:", keys.map { name($0, superseded) }) else {
      throw CommandFailure(.declined, "no root key was chosen: nothing was made")
    }
    return keys[index]
  }

  private static func list(_ keys: [KeyID], _ superseded: SupersededKeys) -> String {
    keys.isEmpty ? "there are none" : keys.map { name($0, superseded) }.joined(separator: ", ")
  }

  private static func name(_ id: KeyID, _ superseded: SupersededKeys) -> String {
    superseded.words(id).map { "\(id) (\($0))" } ?? "\(id)"
  }

  /// The identifiers of the keys of a role, and of one repository, by what their files say.
  static func ids(of role: String, _ repository: Repository?, in folders: [TrustFolder]) throws -> [KeyID] {
    var found: [KeyID] = []
    for folder in folders {
      let survey = try SigningKeySurvey(folder)
      let keys = survey.keys.filter { record in
        guard let stated = record.role, stated.utf8.elementsEqual(role.utf8) else { return false }
        return repository.map { $0.name.utf8.elementsEqual((record.repository ?? "").utf8) } ?? true
      }
      found += keys.compactMap(\.id)
    }
    return Set(found).sorted()
  }
}
