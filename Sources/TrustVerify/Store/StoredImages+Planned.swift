internal import OpenPGP
internal import Stores
public import TrustModel

extension StoredImages {
  /// An image whose answer another set of key files would change.
  public struct Turned: Sendable {
    /// What the store knows of it.
    public let record: ImageRecord
    /// What the files that are there say.
    public let today: Verdict
    /// What the planned files would say.
    public let planned: Verdict
  }

  /// What a plan would do to the images of the store.
  public struct Outlook: Sendable {
    /// The images that would be accepted no longer, or from then on.
    public let turned: [Turned]
    /// How many images were not looked at: beyond the limit, or with records that cannot be read.
    public let unseen: Int
  }

  /// The most images that a plan is held against.
  public static let outlookLimit = 10_000

  /// The images whose answer would change if these key files were so.
  ///
  /// Only images that one of the keys may have signed are judged, by the files of today and by the planned ones; of an
  /// image nothing is read but its record and its signatures.
  ///
  /// - Throws: `StoredImageError.unreadable` where the store cannot be listed.
  public func outlook(
    _ replacements: [KeyInventory.Replacement], at now: Timestamp, limit: Int = outlookLimit
  ) throws(StoredImageError) -> Outlook {
    let certificates = certificates(concernedBy: replacements)
    let ids = try ids()
    var unseen = max(0, ids.count - limit)
    var concerned: [(record: ImageRecord, today: SignerCandidates)] = []
    guard !certificates.isEmpty else { return Outlook(turned: [], unseen: 0) }
    for id in ids.prefix(limit) {
      let record: ImageRecord
      do throws(StoredImageError) {
        record = try self.record(of: id)
      } catch {
        unseen += 1
        continue
      }
      guard let signatures = signatures(of: record),
        signatures.contains(where: { !SignatureCheck.candidates(for: $0, in: certificates).isEmpty })
      else { continue }
      concerned.append((record, SignerCandidates(signatures, name: record.name, in: verifier.layers)))
    }
    let planned = concerned.map { $0.today.replacing(replacements) }
    let today = verdicts(concerned.map(\.record), concerned.map(\.today), at: now)
    let turned = zip(zip(concerned, today), verdicts(concerned.map(\.record), planned, at: now)).compactMap { pair in
      let ((image, today), planned) = pair
      return today.isAccepted == planned.isAccepted
        ? nil : Turned(record: image.record, today: today, planned: planned)
    }
    return Outlook(turned: turned, unseen: unseen)
  }

  private func verdicts(
    _ records: [ImageRecord], _ candidates: [SignerCandidates], at now: Timestamp
  ) -> [Verdict] {
    let judgements = KeyJudgements(candidates.flatMap(\.holders), judge: verifier.judge, at: now)
    return zip(records, candidates).map { record, known in
      ImageVerification(wanted(record), known, judgements: judgements, by: verifier, at: now).verdict(
        recordedAs: record.name, record.subject, matched: record.matched)
    }
  }

  /// The certificates that the files hold or would hold, and those that an empty file among them would switch off.
  private func certificates(concernedBy replacements: [KeyInventory.Replacement]) -> [Certificate] {
    let here = Set(replacements.map(\.location.fingerprint)).flatMap { fingerprint in
      verifier.layers.list(fingerprint).files.filter { $0.fingerprint == fingerprint }.compactMap {
        LoadedKey($0, from: verifier.layers).certificate
      }
    }
    return here + replacements.compactMap(\.certificate)
  }
}
