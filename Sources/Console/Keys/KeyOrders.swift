internal import TrustModel

/// The rows in every order that the list can have, made once beside the loop: sorting is then a choice.
struct KeyOrders: Sendable {
  private let byColumn: [KeyColumn: [Int32]]

  /// The numbers of the rows, first to last; equal rows stay in the order of scope and name.
  subscript(_ column: KeyColumn) -> [Int32] { byColumn[column] ?? [] }

  /// Sorts rows that are in the order of scope and name.
  init(_ rows: [KeyRow]) {
    byColumn = [
      .scope: rows.indices.map { Int32($0) },
      .state: Self.order(rows.map(\.state.rawValue)),
      .key: Self.order(rows.map { $0.fingerprint?.keyID ?? .max }),
      .expires: Self.order(rows.map(Self.end)),
      .user: Self.order(rows.map { $0.who.lowercased() }),
    ]
  }

  private static func order<Value: Comparable>(_ values: [Value]) -> [Int32] {
    values.indices.sorted { (values[$0], $0) < (values[$1], $1) }.map { Int32($0) }
  }

  /// The moment when the key ends: after all others where it never does, and last where there is no key.
  private static func end(_ row: KeyRow) -> Int64 {
    guard let health = row.health else { return .max }
    return health.expires?.seconds ?? .max - 1
  }
}
