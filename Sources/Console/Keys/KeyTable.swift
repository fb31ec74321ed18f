internal import Stores
internal import TrustModel
internal import TrustVerify

/// The rows of the key list with all that showing, sorting and filtering them needs, made once beside the loop.
struct KeyTable: Sendable {
  /// One row for each scope and name, in that order.
  let rows: [KeyRow]
  let orders: KeyOrders
  let text: SearchText
  let counts: Counts

  /// How many rows are what: shown at every paint.
  struct Counts: Sendable, Equatable {
    var accepted = 0
    var expired = 0
    var masked = 0
    var revoked = 0
    var weak = 0
    var broken = 0
  }

  init(_ rows: [KeyRow]) {
    self.rows = rows
    orders = KeyOrders(rows)
    text = SearchText(rows)
    var counts = Counts()
    for row in rows { counts.add(row) }
    self.counts = counts
  }

  /// The number of the row of a scope and name; costs a few comparisons.
  func index(of place: KeyPlace) -> Int? {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].place < place { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].place == place ? low : nil
  }
}

extension KeyTable.Counts {
  fileprivate mutating func add(_ row: KeyRow) {
    if row.isAccepted { return accepted += 1 }
    switch row.state {
    case .masked: return masked += 1
    case .broken: return broken += 1
    case .mask: return
    case .vendor, .local, .override, .same: break
    }
    switch row.record?.status {
    case .expired: expired += 1
    case .revoked: revoked += 1
    case .weak: weak += 1
    default: broken += 1
    }
  }

  /// `6 accepted, 1 masked, 2 broken`: what there is none of is left out, but for what is accepted.
  var words: String {
    let others = [
      (expired, "expired"), (revoked, "revoked"), (weak, "weak"), (masked, "masked"), (broken, "broken"),
    ]
    return (["\(accepted) accepted"] + others.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }).joined(separator: ", ")
  }
}

/// What tells a row from all others: where its files lie and what they are called.
struct KeyPlace: Sendable, Hashable, Comparable {
  let scope: Scope
  let name: String

  static func < (left: KeyPlace, right: KeyPlace) -> Bool {
    if left.scope != right.scope { return left.scope < right.scope }
    return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }
}

extension KeyRow {
  var place: KeyPlace { KeyPlace(scope: scope, name: name) }
}

extension Machine {
  /// The files of a row with what was read from them.
  func files(of row: KeyRow) -> (vendor: LoadedKey?, local: LoadedKey?) {
    let keys = inventory.keys
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      let file = keys[middle].file
      if KeyPlace(scope: file.scope, name: file.name) < row.place { low = middle + 1 } else { high = middle }
    }
    let found = keys[low...].prefix(2).filter { $0.file.scope == row.scope && $0.file.name == row.name }
    return (found.first { $0.file.layer == .distribution }, found.first { $0.file.layer == .administrator })
  }
}
