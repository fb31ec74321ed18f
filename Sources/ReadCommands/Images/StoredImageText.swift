internal import TrustModel
internal import TrustVerify

/// Images of the store as text.
enum StoredImageText {
  /// One row an image.
  static func table(_ images: [StoredImage], _ style: TextStyle) -> [String] {
    guard !images.isEmpty else { return ["the store holds no images; to fetch one: keyreeve fetch NAME"] }
    var table = TextTable(["ID", "IMAGE", "SIZE", "FETCHED", "THEN", "TODAY"], style)
    for image in images {
      let record = image.record
      table.add([
        .init(String(record.id.short.dropFirst(ImageID.scheme.count))),
        .init(VisibleText(record.reference.description).description), .init(OctetCount.text(record.size)),
        .init(record.fetched.date), then(record, style), today(image.today, style),
      ])
    }
    return table.lines
  }

  /// All that is known of one.
  static func detail(_ image: StoredImage, _ style: TextStyle, isVerbose: Bool) -> [String] {
    let record = image.record
    var lines = [
      "\(style.heading(VisibleText(record.reference.description).description))", "  id         \(record.id)",
    ]
    lines.append(
      "  size       \(OctetCount.text(record.size))"
        + (record.compression == "none"
          ? "" : " (\(record.compression), \(OctetCount.text(record.uncompressedSize)) uncompressed)"))
    lines.append("  fetched    \(record.fetched) as \(VisibleText(record.origin.asked))")
    if let page = record.origin.page { lines.append("  found by   \(VisibleText(page))") }
    if let address = record.origin.address { lines.append("  from       \(VisibleText(address))") }
    lines += record.origin.redirects.map { "  redirect   \(VisibleText($0))" }
    lines += record.dependencies.map { "  stands on  \($0.name) (\($0.id.short))" }
    lines.append("  then       \(thenWord(record)): \(VisibleText(record.answer.message, limit: 4096))")
    var now = VerdictText(verdict: image.today, style: style, isVerbose: isVerbose).lines
    now[0] = "  today      " + now[0]
    return lines + now
  }

  private static func then(_ record: ImageRecord, _ style: TextStyle) -> TextTable.Cell {
    .init(thenWord(record), record.isUnverified ? style.bad : style.good)
  }

  private static func thenWord(_ record: ImageRecord) -> String {
    record.isUnverified ? "unverified" : record.answer.isAccepted ? "accepted" : record.answer.reason.rawValue
  }

  private static func today(_ verdict: Verdict, _ style: TextStyle) -> TextTable.Cell {
    switch verdict.outcome {
    case .accepted: .init("accepted", style.good)
    case .refused(let reason): .init("refused (\(reason.rawValue))", style.bad)
    case .undetermined: .init("could not tell", style.warning)
    }
  }
}
