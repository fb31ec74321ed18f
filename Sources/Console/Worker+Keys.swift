internal import Fetch
internal import OpenPGP
internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

extension Worker {
  /// Reads or fetches keys and judges them.
  func keys(_ order: KeyOrder, at now: Timestamp) -> KeyEnd {
    do {
      let reviews = try reviews(order, at: now)
      let count = reviews.reduce(0) { $0 + $1.candidates.count }
      if case .rotate = order.purpose, count > 1 { throw SeveralKeys(reviews: reviews) }
      let scope = order.purpose.scope
      let planner = planner(at: now) { concerns($0, order.purpose) }
      let existing = planner.keys(for: scope)
      var keys: [ReviewedKey] = []
      for review in reviews {
        for index in review.candidates.indices {
          let candidate = review.candidates[index]
          var certification: Certification?
          if case .rotate(let old, _) = order.purpose {
            certification = planner.certification(of: candidate, by: old, in: scope)
          }
          keys.append(
            ReviewedKey(
              review: review, index: index, number: keys.count + 1, count: count, purpose: order.purpose,
              existing: existing, masks: masks(of: candidate.certificate.fingerprint, for: scope),
              difference: planner.difference(of: candidate, in: scope),
              certification: certification))
        }
      }
      return .keys(keys)
    } catch {
      return .failed("\(error)")
    }
  }

  private func masks(of fingerprint: Fingerprint, for scope: Scope) -> [String] {
    layers.list(fingerprint).files.filter { $0.isMask && $0.scope.covers(scope) }.map(\.path)
  }

  private func reviews(_ order: KeyOrder, at now: Timestamp) throws -> [TrustReview] {
    let origin: KeyOrigin
    switch order.source {
    case .file(let path): return [try TrustReview(try settings.readKeys(path), source: path, at: now)]
    case .address(let address): origin = .address(address)
    case .discovery(let target): origin = .discovery(target)
    }
    let fetcher = Fetcher(try settings.fetchSettings(), cancellation: order.cancellation)
    return try origin.reviews(by: fetcher, at: now)
  }

  /// A plan to trust a key as it was reviewed; a copy that has less than the one that is there was shown as such.
  func planTrust(_ key: ReviewedKey, at now: Timestamp) throws -> Plan {
    let planner = planner(at: now) { concerns($0, key.purpose) }
    let replaces = key.difference?.losses.isEmpty == false
    return try planner.trust([key.candidate], in: key.purpose.scope, replacing: replaces)
  }

  /// A plan to let a key take the place of another one.
  func planRotation(_ key: ReviewedKey, days: Int?, at now: Timestamp) throws -> Plan {
    guard case .rotate(let old, let scope) = key.purpose else { return try planTrust(key, at: now) }
    let due = days.map { now.advanced(by: Int64($0) * 86_400) }
    return try planner(at: now) { concerns($0, key.purpose) }.rotate(from: old, to: key.candidate, in: scope, due: due)
  }

  private func concerns(_ key: LoadedKey, _ purpose: KeyOrder.Purpose) -> Bool {
    if case .rotate(let old, _) = purpose, key.file.fingerprint == old { return true }
    return purpose.scope.covers(key.file.scope) || key.file.scope.covers(purpose.scope)
  }

  /// A rotation is about one key.
  private struct SeveralKeys: Error, CustomStringConvertible {
    let reviews: [TrustReview]

    var description: String {
      let names = reviews.flatMap(\.candidates).map { $0.certificate.fingerprint.shortGrouped }
      return "\(VisibleText(reviews.first?.source ?? "it")) holds several keys (\(names.joined(separator: ", "))): a"
        + " rotation needs exactly one; the command keyreeve rotate takes one of them by --fingerprint"
    }
  }
}
