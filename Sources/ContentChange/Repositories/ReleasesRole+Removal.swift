internal import ContentSigning
public import SignedMetadata
internal import StrictJSON

extension ReleasesRole {
  /// What goes from here with a signer: his keys, and the paths that he alone has brought.
  ///
  /// A key stays that another signer has as well, whose own role gives it no less than this one. Where this one would be left with
  /// fewer keys than must sign, and the signer's own threshold was as high, it falls to that of the signers who stay.
  ///
  /// - Returns: nil where nothing goes.
  public func edit(removing role: RoleName) -> DelegationEdit? {
    guard let gone = others.first(where: { $0.name == role }) else { return nil }
    let stay = signers.filter { $0.name != role }
    let paths = paths(without: gone, stay)
    let removed = entry.keys.filter { key in
      gone.lists(key)
        && !stay.contains { $0.lists(key) && $0.threshold <= entry.threshold && paths.allSatisfy($0.covers) }
    }
    guard !removed.isEmpty || paths != entry.paths else { return nil }
    var edit = DelegationEdit(Self.name, .update)
    edit.removedKeys = removed.map(\.canonicalID)
    let left = entry.keys.count - removed.count
    // Without a key it goes as a whole.
    guard left > 0 else { return edit }
    edit.removedPaths = entry.paths.filter { !paths.contains($0) }
    edit.addedPaths = paths.filter { !entry.paths.contains($0) }
    if left < entry.threshold, gone.threshold >= entry.threshold {
      edit.threshold = max(1, stay.map(\.threshold).max() ?? 1)
    }
    return edit
  }

  /// The paths that others have brought; all of them where a key is nobody's, since nobody knows what it was given.
  private func paths(without gone: DelegationDraft, _ stay: [DelegationDraft]) -> [JSONString] {
    var left = entry.paths.filter { path in !gone.paths.contains(path) || stay.contains { $0.paths.contains(path) } }
    for key in entry.keys where !gone.lists(key) && !stay.contains(where: { $0.lists(key) }) {
      let owners = others.filter { $0.name != gone.name && $0.lists(key) }
      guard !owners.isEmpty else { return entry.paths }
      for path in owners.flatMap(\.paths) where entry.covers(path) && !left.contains(path) { left.append(path) }
    }
    return left
  }
}
