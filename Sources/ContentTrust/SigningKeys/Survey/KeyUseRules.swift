internal import SignedMetadata
internal import TrustModel

/// Rules for keys and repositories together: what is twice, unused or missing.
struct KeyUseRules {
  let place: KeyPlace
  let keys: [SigningKeyRecord]
  let missing: [MissingKey]

  var findings: [SigningKeyFinding] { duplicates + orphans + missingKeys + foreignRepositories }

  private var duplicates: [SigningKeyFinding] {
    var first: [KeyID: SigningKeyRecord] = [:]
    return keys.compactMap { record in
      guard let id = record.id else { return nil }
      guard let other = first[id] else {
        first[id] = record
        return nil
      }
      return SigningKeyFinding(
        "duplicate", .warning, key: id, file: record.file,
        "key \(id) lies in \(VisibleText(other.file)) and in \(VisibleText(record.file)): docker and notary keep one of "
          + "them; to compare: " + ShellText.line(["cmp", place.argument(other.file), place.argument(record.file)]))
    }
  }

  private var orphans: [SigningKeyFinding] {
    keys.filter { $0.uses.isEmpty && $0.contents != nil }.map { record in
      let named = record.repository.flatMap { try? Repository($0) }
      let next = named.map { "keyreeve content inspect \($0) shows the keys that it has now" }
      return SigningKeyFinding(
        "orphan", .note, key: record.id, file: record.file,
        "\(record.subject) is used by no repository that is kept in \(VisibleText(place.path)); "
          + (next ?? "keyreeve content inspect GUN shows the keys of a repository"))
    }
  }

  /// Keys of repositories that are signed from here; whose server holds them are none.
  private var missingKeys: [SigningKeyFinding] {
    missing.filter { $0.isOwnRepository && $0.holder == .elsewhere }.map { missing in
      let (use, id) = (missing.use, missing.use.fileID)
      let needed =
        switch use.role {
        case .root: "without it no key of \(use.repository) can be changed"
        case .targets: "without it nothing can be signed into targets of \(use.repository), and no signer be added"
        default: "its owner signs into \(VisibleText("\(use.role)")) of \(use.repository)"
        }
      return SigningKeyFinding(
        "missing-key", use.role == .targets ? .warning : .note, key: id, file: place.file(of: id),
        "key \(id) of \(VisibleText("\(use.role)")) is not in \(VisibleText(place.path)): \(needed); keyreeve backup "
          + "--check FILE lists what a backup holds")
    }
  }

  /// Repositories that are only read from here.
  private var foreignRepositories: [SigningKeyFinding] {
    Set(missing.filter { !$0.isOwnRepository }.map(\.use.repository)).sorted().map { repository in
      SigningKeyFinding(
        "no-key-here", .note, file: place.path + "/tuf/" + repository.name,
        "no key of \(repository) is in \(VisibleText(place.path)): it can be read from here, not signed")
    }
  }
}
