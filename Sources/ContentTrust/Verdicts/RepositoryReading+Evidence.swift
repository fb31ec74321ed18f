public import SignedMetadata
public import TrustModel

extension RepositoryReading {
  /// On what everything that is read here stands.
  func evidence(server: MetadataSource?) -> ContentEvidence {
    var evidence = ContentEvidence(server: offline == nil ? server?.base : nil, anchor: grounds.word)
    evidence.expires = earliestExpiry
    evidence.offline = offline
    evidence.kept = keeping.rawValue
    evidence.frozen = frozen
    return evidence
  }

  /// When the first of the documents that were read expires.
  public var earliestExpiry: Timestamp {
    let heads = [trusted.root.head, trusted.timestamp?.head, trusted.snapshot?.head].compactMap(\.self)
    return (heads + roles.map(\.document.head)).map(\.expires).min() ?? trusted.root.head.expires
  }

  /// The keys that count for a role.
  public func keys(of role: DelegationWalk.Role) -> RoleKeys {
    role.delegation?.keys ?? trusted.root.keys(of: role.name)
  }

  func signatures(of role: DelegationWalk.Role) -> [ContentEvidence.Signature] {
    keys(of: role).keys.map { key in
      ContentEvidence.Signature(
        role: role.name.description, keyID: key.id.description, canonicalID: key.canonicalID.description,
        algorithm: key.material.algorithm)
    }
  }

  /// What a person should know beside the answer.
  var notes: [String] {
    if let frozen { return ["frozen on \(frozen): what was signed or taken back since then is not seen"] }
    var notes: [String] = []
    if let offline {
      let age = keptSince.map { since in
        let days = max(0, trusted.now.days(since: since))
        return ", \(days) \(days == 1 ? "day" : "days") old,"
      }
      notes.append("no server has answered (\(offline)); what was kept\(age ?? "") counts until \(earliestExpiry)")
    }
    if grounds == .firstUse {
      notes.append("the root was trusted on first use: nothing proves that the server did not lie the first time")
    }
    // A timestamp is made anew every two weeks.
    let lasting = [trusted.root.head.expires, trusted.snapshot?.head.expires].compactMap(\.self)
    let first = (lasting + roles.map(\.document.head.expires)).min()
    if let first, trusted.now.advanced(by: RepositoryInspection.notice * 86_400) > first {
      notes.append("a document of it expires on \(first)")
    }
    return notes
  }
}

extension FirstTrust {
  /// One word for documents.
  public var word: String {
    switch self {
    case .kept: "kept"
    case .remembered: "remembered"
    case .pinned: "pinned"
    case .authority: "authority"
    case .frozen: "frozen"
    case .firstUse: "first-use"
    }
  }
}
