internal import OpenPGP
internal import Stores
internal import TrustModel

/// Every key file with its record, found by fingerprint at once: an audit of many keys must not compare each with each.
struct AuditedKeys {
  /// In the order of the inventory.
  let all: [(key: LoadedKey, record: KeyRecord)]
  private let byFingerprint: [Fingerprint: [Int]]

  init(_ inventory: KeyInventory, at now: Timestamp) {
    all = inventory.keys.map { ($0, inventory.record(of: $0, at: now)) }
    var places: [Fingerprint: [Int]] = [:]
    for (index, entry) in all.enumerated() {
      if let fingerprint = entry.key.file.fingerprint { places[fingerprint, default: []].append(index) }
    }
    byFingerprint = places
  }

  /// The files of one fingerprint.
  subscript(fingerprint: Fingerprint?) -> [(key: LoadedKey, record: KeyRecord)] {
    fingerprint.flatMap { byFingerprint[$0] }?.map { all[$0] } ?? []
  }

  /// The files whose key counts.
  var trusted: [(key: LoadedKey, record: KeyRecord)] { all.filter { $0.record.status == .trusted } }
}
