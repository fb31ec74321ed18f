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
  ///   - wanted: the identifier that was named, or its beginning.
  ///   - isNew: whether a new one was asked for.
  /// - Throws: `CommandFailure`.
  init(in folders: [TrustFolder], named wanted: String?, isNew: Bool) throws {
    guard !isNew else {
      id = nil
      return
    }
    let keys = try Self.ids(of: "root", nil, in: folders)
    if let wanted {
      let found = keys.filter { $0.description.utf8.starts(with: wanted.utf8) }
      guard found.count == 1 else {
        let words = found.isEmpty ? "begins no root key" : "begins \(found.count) root keys"
        throw CommandFailure(
          found.isEmpty ? .notFound : .usage,
          "--root-key \(VisibleText(wanted, limit: 80)) \(words) that are here: \(Self.list(keys))")
      }
      id = found[0]
      return
    }
    id = keys.count > 1 ? try Self.ask(keys) : keys.first
  }

  private static func ask(_ keys: [KeyID]) throws -> KeyID {
    guard !Respondent.isThere else {
      throw CommandFailure(
        .declined, "\(keys.count) root keys are here: say by its first digits which one is meant, of \(list(keys))")
    }
    guard Environment.canAsk else {
      throw CommandFailure(
        .declined,
        "\(keys.count) root keys are here, and there is nobody to ask which one is meant: add --root-key ID, of \(list(keys))"
      )
    }
    guard let index = try? Dialog().choice("Root keys that are here:", keys.map(\.description)) else {
      throw CommandFailure(.declined, "no root key was chosen: nothing was made")
    }
    return keys[index]
  }

  private static func list(_ keys: [KeyID]) -> String {
    keys.isEmpty ? "there are none" : keys.map(\.description).joined(separator: ", ")
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
