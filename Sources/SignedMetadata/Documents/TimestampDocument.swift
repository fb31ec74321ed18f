internal import StrictJSON

/// The timestamp: which snapshot is current.
///
/// Source: TUF 1.0.34, section 4.6.
public struct TimestampDocument: Sendable {
  /// Version and expiry.
  public let head: DocumentHead
  /// The snapshot.
  public let snapshot: ListedFile
  /// The document as it was received.
  public let octets: [UInt8]

  init(_ envelope: Envelope) throws(MetadataError) {
    let dialect = envelope.dialect
    octets = envelope.octets
    let fields = try FieldReader(
      envelope.signed, "signed", of: .timestamp, dialect, known: DocumentHead.names + ["meta"])
    head = try DocumentHead(fields, envelope)
    let meta = try FieldReader(fields["meta"], "signed.meta", of: .timestamp, dialect)
    let name = dialect.listedName(of: .snapshot)
    let entry = try FieldReader(
      meta[name], "meta.\(name.text)", of: .timestamp, dialect, known: ["hashes", "length", "version"])
    snapshot = try ListedFile(entry, dialect.demandOnMetadata)
  }
}

extension Dialect {
  /// What snapshot and timestamp must say of a document.
  var demandOnMetadata: ListedFile.Demand {
    listsVersions ? ListedFile.Demand(version: true) : ListedFile.Demand(hash: true, length: true)
  }
}
