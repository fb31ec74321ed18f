public import OpenPGP
internal import Stores
public import StrictJSON
public import TrustModel

/// One key in full: its certificate, what GnuPG says of it, and every place that holds or masks it.
public struct KeyDetail: Sendable {
  /// The fingerprint.
  public let fingerprint: Fingerprint
  /// The certificate of the place that counts most, where any file holds one.
  public let certificate: Certificate?
  /// What GnuPG said of it.
  public let judgement: Judgement?
  /// The key by itself, wherever it lies.
  public let record: KeyRecord?
  /// Every file of this fingerprint, in both layers.
  public let places: [KeyRecord]

  /// The key with that fingerprint, as the layers hold it.
  public init(_ fingerprint: Fingerprint, in inventory: KeyInventory, at now: Timestamp) {
    let keys = inventory.keys.filter { $0.file.fingerprint == fingerprint }
    let places = keys.map { inventory.record(of: $0, at: now) }
    let counting = zip(keys, places).first { $0.1.status == .trusted }?.0
    let key = counting ?? keys.last { $0.certificate != nil }
    self.init(
      fingerprint: fingerprint, certificate: key?.certificate, judgement: inventory.judgements[key?.file.location],
      places: places, now: now)
  }

  /// A key from a file, beside what the layers hold of it.
  ///
  /// - Throws: `EngineError` where GnuPG gives no answer.
  public init(
    _ certificate: Certificate, in inventory: KeyInventory, judge: CertificateJudge, at now: Timestamp
  ) throws(EngineError) {
    let judgement = try judge.judge([certificate], at: now)[certificate.fingerprint]
    let keys = inventory.keys.filter { $0.file.fingerprint == certificate.fingerprint }
    self.init(
      fingerprint: certificate.fingerprint, certificate: certificate, judgement: judgement,
      places: keys.map { inventory.record(of: $0, at: now) }, now: now)
  }

  private init(
    fingerprint: Fingerprint, certificate: Certificate?, judgement: Judgement?, places: [KeyRecord], now: Timestamp
  ) {
    self.fingerprint = fingerprint
    self.certificate = certificate
    self.judgement = judgement
    self.places = places
    record = certificate.map { certificate in
      var record = KeyRecord(
        fingerprint: fingerprint, layer: .administrator, scope: .root, file: "", status: .trusted)
      record.describe(certificate, judgement, at: now)
      return record
    }
  }

  /// The key as a member of a `keyreeve.key/1` document.
  public var document: JSON {
    [
      "fingerprint": JSON(fingerprint.description),
      "userIDs": JSON(record?.userIDs ?? []),
      "algorithm": JSON(record?.algorithm?.description),
      "bits": (record?.algorithm).map { JSON($0.bits) } ?? .null,
      "created": JSON(record?.created?.description), "expires": JSON(record?.expires?.description),
      "status": JSON(record?.status.rawValue), "problem": JSON(record?.problem),
      "revocationReason": JSON(certificate?.revocationReason),
      "subkeys": .array(subkeys), "remarks": .array((certificate?.remarks ?? []).map { JSON("\($0)") }),
      "places": .array(places.map(\.document)),
    ]
  }

  private var subkeys: [JSON] {
    (certificate?.subkeys ?? []).map { subkey in
      let judged = judgement?.keys.first { $0.fingerprint == subkey.fingerprint }
      return [
        "fingerprint": JSON(subkey.fingerprint.description), "algorithm": JSON(subkey.algorithm.description),
        "created": JSON("\(subkey.created)"), "expires": JSON(judged?.expires?.description),
        "canSign": .bool(judged?.canSign ?? false), "revoked": .bool(judged?.isRevoked ?? false),
        "expired": .bool(judged?.isExpired ?? false), "bound": .bool(judged != nil),
      ]
    }
  }
}
