internal import Crypto

/// The keys that count for a role, and how many of them must sign.
public struct RoleKeys: Hashable, Sendable {
  /// The keys, in the order in which they are listed.
  public let keys: [MetadataKey]
  /// How many different keys must sign; at least 1.
  public let threshold: Int

  /// Keys and their threshold.
  init(keys: [MetadataKey], threshold: Int) {
    (self.keys, self.threshold) = (keys, threshold)
  }

  /// Checks that enough of the keys have signed: each key counts once, under however many identifiers it is listed.
  ///
  /// At most one signature for each listed key is verified, so that thousands of others cost nothing.
  func verify(_ envelope: Envelope) throws(MetadataError) {
    var good: Set<KeyMaterial> = []
    for key in keys where !good.contains(key.material) {
      guard let signature = envelope.signatures[key.id.description] else { continue }
      if signature.isValid(over: envelope.canonical, by: key) { good.insert(key.material) }
      if good.count >= threshold { return }
    }
    throw MetadataError(envelope.role, .threshold(good: good.count, needed: threshold))
  }

  /// What tells this set of keys from another one.
  var identity: String {
    let ids = keys.map(\.id).sorted().map(\.description).joined(separator: ",")
    return Hex.text(SHA256.hash(data: Array("\(threshold)/\(ids)".utf8)))
  }
}
