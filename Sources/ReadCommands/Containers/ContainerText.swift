internal import Registry
internal import TrustModel

/// Container images of the store as text.
enum ContainerText {
  /// One row an image.
  static func table(_ records: [ContainerRecord], _ style: TextStyle) -> [String] {
    guard !records.isEmpty else { return [] }
    var table = TextTable(["DIGEST", "CONTAINER IMAGE", "PLATFORM", "SIZE", "FETCHED", "THEN"], style)
    for record in records {
      table.add([
        .init(String(record.digest.hex.prefix(12))), .init(record.reference.description),
        .init(record.platform.description), .init(OctetCount.text(record.size)), .init(record.fetched.date),
        .init(word(record), record.isUnverified ? style.bad : style.good),
      ])
    }
    return table.lines
  }

  /// All that is known of one.
  static func detail(_ record: ContainerRecord, _ style: TextStyle) -> [String] {
    [
      "\(style.heading(record.reference.description))", "  digest     \(record.digest)",
      "  signed     \(record.signed)\(record.signed == record.digest ? "" : " (an index)")",
      "  platform   \(record.platform)",
      "  size       \(OctetCount.text(record.size)), \(record.layers) layer\(record.layers == 1 ? "" : "s")",
      "  fetched    \(record.fetched) from \(VisibleText(record.registry))",
      "  then       \(word(record)): \(VisibleText(record.message, limit: 4096))",
    ]
  }

  private static func word(_ record: ContainerRecord) -> String {
    record.isUnverified ? "unverified" : record.isAccepted ? "accepted" : record.reason.rawValue
  }
}
