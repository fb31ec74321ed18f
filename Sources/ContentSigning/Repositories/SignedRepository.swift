public import SignedMetadata
internal import StrictJSON

/// The documents of a plan, signed.
public struct SignedRepository: Sendable {
  /// The documents in the order of the plan.
  public let documents: [(role: RoleName, octets: [UInt8])]

  /// Signs every entry of a plan.
  ///
  /// - Parameter open: gives the private key of a listed one, which signs the document of a role in that version.
  /// - Throws: what `open` throws, and `SigningKeyError`.
  public init(
    _ plan: SigningPlan, of draft: RepositoryDraft, open: (ListedKey, SigningPlan.Entry) throws -> PrivateSigningKey
  ) throws {
    var documents: [(role: RoleName, octets: [UInt8])] = []
    for entry in plan.entries {
      let text = draft.text(of: entry.role, beside: documents)
      let signatures = try (entry.signers + entry.formerSigners).map { key in
        SignedText.Signature(key.id, try open(key, entry).signature(over: text.canonical))
      }
      documents.append((entry.role, text.document(signatures)))
    }
    self.documents = documents
  }
}

extension RepositoryDraft {
  /// What is signed of a role; of the snapshot, with the documents that were signed before it.
  fileprivate func text(of role: RoleName, beside documents: [(role: RoleName, octets: [UInt8])]) -> SignedText {
    switch role {
    case .root: return root.signed
    case .snapshot:
      var listing = (formerSnapshot?.documents ?? [:]).filter { keeps($0.key) }
      for document in documents { listing[document.role] = DocumentDigest(of: document.octets) }
      return SnapshotDraft(nextSnapshotHead, listing).signed
    default: return roles[role]?.signed ?? SignedText(.null)
    }
  }
}
