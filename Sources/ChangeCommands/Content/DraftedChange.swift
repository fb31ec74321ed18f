internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// A change of a repository in the making: what was read, what is to become of it, and what should be known before agreeing.
struct DraftedChange {
  /// The repository as it is to be.
  var draft: RepositoryDraft
  /// The repository as it was read.
  let reading: RepositoryReading
  /// Things to know before agreeing, a sentence each.
  var notes: [String] = []
  /// What is said where there is nothing to publish; nil for the usual.
  var idle: String?

  init(draft: RepositoryDraft, reading: RepositoryReading) {
    (self.draft, self.reading) = (draft, reading)
  }

  /// Takes over the roles that do not count at the moment, with everything below them, so that a change of one does not begin with an
  /// empty list: whoever signs them anew signs what stands in them.
  ///
  /// - Throws: `CommandFailure` never; a role that cannot be had is noted.
  mutating func adoptOthers(_ answer: (MetadataRequest) -> MetadataUpdate.Answer) throws {
    var waiting = reading.passedOver.map(\.role)
    for error in reading.passedOver { notes.append("\(error): it does not count") }
    while let role = waiting.popLast() {
      guard draft.roles[role] == nil, draft.holders(of: role) != nil,
        let request = reading.trusted.request(listed: role)
      else { continue }
      guard case .octets(let octets) = answer(request) else {
        notes.append("\(VisibleText(role.description)) metadata cannot be had, and stays as it is")
        continue
      }
      let document = try reading.trusted.unsignedTargets(octets, of: role)
      try draft.adopt(role, document)
      waiting += document.delegations.map(\.name)
    }
  }

  /// Has roles that are new here begin above the versions that the server has had of them: it takes no lower ones, also of a role that
  /// was removed since.
  mutating func raiseNewRoles(
    _ answer: (MetadataRequest) -> MetadataUpdate.Answer, holding holds: (KeyID) -> Bool
  ) {
    beginReturned(answer, holds)
    for role in draft.changed where !role.isTopLevel && reading.trusted.snapshot?[role] == nil {
      guard case .octets(let octets) = answer(reading.trusted.request(latest: role)),
        let version = (try? JSON.parse(octets))?["signed"]?["version"]?.integer,
        (1..<Int64(Int32.max)).contains(version)
      else { continue }
      draft.raise(role, above: version)
    }
  }

  /// Gives roles that were removed and come back a list at once: whoever remembers them under the same keys would take them for withheld.
  private mutating func beginReturned(
    _ answer: (MetadataRequest) -> MetadataUpdate.Answer, _ holds: (KeyID) -> Bool
  ) {
    let former = Set(reading.roles.flatMap { $0.document.delegations.map(\.name) })
    let added = draft.roles.values.flatMap(\.delegations).filter { delegation in
      !former.contains(delegation.name) && draft.roles[delegation.name] == nil
        && reading.trusted.snapshot?[delegation.name] == nil
    }
    for delegation in added {
      guard case .octets = answer(reading.trusted.request(latest: delegation.name)) else { continue }
      let shown = VisibleText(delegation.name.description)
      guard delegation.keys.count(where: { holds($0.canonicalID) }) >= delegation.threshold else {
        notes.append(
          "\(shown) was there before: whoever remembers it may refuse the repository until it is signed again")
        continue
      }
      draft.changeTargets(of: delegation.name) { _ in }
    }
  }

  /// What a role signs a name to be, as it was read; nil where it does not sign it.
  func listed(_ name: JSONString, in role: RoleName) -> ListedFile? {
    reading.roles.first { $0.name == role }?.document.targets[name]
  }
}
