internal import TrustModel

/// Key records as text.
enum KeyText {
  static func table(_ records: [KeyRecord], _ style: TextStyle) -> [String] {
    guard !records.isEmpty else { return ["no key files"] }
    var table = TextTable(["STATUS", "SCOPE", "LAYER", "FINGERPRINT", "ALGORITHM", "EXPIRES", "USER ID"], style)
    for record in records {
      let scope = record.scope == .root ? "(every name)" : record.scope.description
      let fingerprint = record.fingerprint?.description ?? VisibleText(fileName(record.file)).description
      table.add([
        .init(record.status.rawValue) { style.status(record.status, $0) }, .init(scope), .init(record.layer.rawValue),
        .init(fingerprint), .init(record.algorithm?.description ?? "-"), .init(record.expires?.date ?? "-"),
        .init(remark(record)),
      ])
    }
    return table.lines
  }

  /// The user id, and what is to be said of the file beside it.
  private static func remark(_ record: KeyRecord) -> String {
    let user = record.userIDs.first.map { $0 + (record.userIDs.count > 1 ? " (+\(record.userIDs.count - 1))" : "") }
    let by = record.by.map { "by \($0)" }
    return [user, record.problem.map { "[\($0)]" }, by.map { "[\($0)]" }].compactMap { $0 }.joined(separator: " ")
  }

  private static func fileName(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }
}
