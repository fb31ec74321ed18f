public import OpenPGP
public import Stores
public import TrustModel

/// What GnuPG said of the certificates of several files, file by file.
public struct KeyJudgements: Sendable {
  private var byLocation: [KeyLocation: Judgement] = [:]
  /// Files that could not be judged, with the cause.
  public private(set) var failures: [KeyLocation: EngineError] = [:]

  /// No judgements.
  public init() {}

  /// The judgement on the certificate at a place.
  public subscript(location: KeyLocation?) -> Judgement? {
    location.flatMap { byLocation[$0] }
  }

  /// Why the certificate at a place could not be judged.
  func failure(_ location: KeyLocation?) -> EngineError? {
    location.flatMap { failures[$0] }
  }

  /// Judges the certificates of `keys` at the moment `now`; the same octets in several places are judged once.
  public init(_ keys: [LoadedKey], judge: CertificateJudge, at now: Timestamp) {
    var certificates: [Certificate] = []
    var places: [[KeyLocation]] = []
    var known: [Fingerprint: [Int]] = [:]
    for key in keys {
      guard let certificate = key.certificate, let location = key.file.location else { continue }
      let same = known[certificate.fingerprint]?.first { certificates[$0].octets == certificate.octets }
      if let same {
        places[same].append(location)
      } else {
        known[certificate.fingerprint, default: []].append(certificates.count)
        certificates.append(certificate)
        places.append([location])
      }
    }
    for (locations, result) in zip(places, judge.judgeEach(certificates, at: now)) {
      for location in locations {
        switch result {
        case .success(let judgement): byLocation[location] = judgement
        case .failure(let error): failures[location] = error
        }
      }
    }
  }

  /// The judgements without those on some places.
  func forgetting(_ places: Set<KeyLocation>) -> KeyJudgements {
    var rest = self
    for place in places {
      rest.byLocation[place] = nil
      rest.failures[place] = nil
    }
    return rest
  }
}
