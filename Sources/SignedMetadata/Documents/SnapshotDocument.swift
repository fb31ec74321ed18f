public import StrictJSON

/// The snapshot: which documents of targets and delegations belong together.
///
/// Source: TUF 1.0.34, section 4.4.
public struct SnapshotDocument: Sendable {
  /// Version and expiry.
  public let head: DocumentHead
  /// What it lists, by the listed name.
  public let files: [JSONString: ListedFile]
  /// The document as it was received.
  public let octets: [UInt8]
  private let dialect: Dialect

  init(_ envelope: Envelope, _ limits: MetadataLimits) throws(MetadataError) {
    (dialect, octets) = (envelope.dialect, envelope.octets)
    let fields = try FieldReader(
      envelope.signed, "signed", of: .snapshot, dialect, known: DocumentHead.names + ["meta"])
    head = try DocumentHead(fields, envelope)
    let meta = try FieldReader(fields["meta"], "signed.meta", of: .snapshot, dialect)
    guard meta.all.count <= limits.entries else {
      throw meta.error("signed.meta lists more than \(limits.entries) files")
    }
    var files: [JSONString: ListedFile] = [:]
    for member in meta.all {
      let entry = try FieldReader(
        member.value, "meta.\(member.name.text)", of: .snapshot, dialect, known: ["hashes", "length", "version"])
      files[member.name] = try ListedFile(entry, dialect.demandOnMetadata)
    }
    self.files = files
    let demanded: [RoleName] = dialect == .notary ? [.root, .targets] : [.targets]
    for role in demanded where self[role] == nil {
      throw meta.error("signed.meta does not list \(dialect.listedName(of: role).text)")
    }
  }

  /// What it says of a role's document; nil where it does not list it.
  public subscript(role: RoleName) -> ListedFile? { files[dialect.listedName(of: role)] }
}
