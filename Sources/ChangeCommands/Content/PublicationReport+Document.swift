internal import ContentChange
internal import ContentSigning
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

extension PublicationReport {
  /// The outcome as a `keyreeve.publication/1` document.
  var document: JSON {
    .object((publication.members ?? []) + (session.uploaded.map { [.init("upload", $0)] } ?? []))
  }

  private var publication: JSON {
    [
      "schema": "keyreeve.publication/1", "verb": JSON(verb), "repository": JSON(session.repository.name),
      "server": JSON(session.host.name), "dryRun": .bool(session.publishing.dryRun), "applied": .bool(isPublished),
      "message": plan == nil ? JSON(idle) : .null, "overtaken": JSON(overtaken.count),
      "roles": .array((plan?.entries ?? []).map(Self.row)),
      "snapshotBy": plan.map { JSON(session.snapshotHolder($0)) } ?? .null,
      "delegations": .array((difference?.delegations ?? []).map(Self.row)),
      "tags": .array((difference?.tags ?? []).map(Self.row)),
      "counts": .array(
        (difference?.counts ?? []).map { ["role": JSON($0.role.description), "tags": JSON($0.tags)] }),
      "notes": JSON(notes + findings),
    ]
  }

  private static func row(_ entry: SigningPlan.Entry) -> JSON {
    func keys(_ keys: [ListedKey]) -> JSON {
      .array(keys.map { ["id": JSON($0.id.description), "file": JSON($0.canonicalID.description)] })
    }
    return [
      "role": JSON(entry.role.description), "version": JSON(entry.head.version),
      "expires": JSON(entry.head.expires.description), "threshold": JSON(entry.threshold),
      "signers": keys(entry.signers), "formerSigners": keys(entry.formerSigners),
    ]
  }

  private static func row(_ change: RepositoryDifference.Delegation) -> JSON {
    func form(_ delegation: DelegationDraft?) -> JSON {
      guard let delegation else { return .null }
      return [
        "threshold": JSON(delegation.threshold), "keys": JSON(delegation.keys.map(\.canonicalID.description)),
        "paths": JSON(delegation.paths.map(\.text)),
      ]
    }
    return ["role": JSON(change.role.description), "before": form(change.before), "after": form(change.after)]
  }

  private static func row(_ tag: RepositoryDifference.Tag) -> JSON {
    [
      "tag": JSON(tag.name.text), "before": JSON(tag.before.map(\.description)),
      "after": JSON(tag.after.map(\.description)),
      "digest": tag.target.map { JSON("sha256:" + hex($0.sha256)) } ?? .null,
      "length": JSON(tag.target?.length),
      "replaces": .array(
        tag.replaced.map { former in
          [
            "role": JSON(former.role.description), "digest": JSON("sha256:" + hex(former.sha256)),
            "stays": .bool(former.stays),
          ]
        }),
    ]
  }
}
