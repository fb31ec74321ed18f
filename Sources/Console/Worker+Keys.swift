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
      if case .rotate(let old, _) = order.purpose {
        let found = reviews.flatMap(\.candidates).map(\.certificate.fingerprint)
        try planner.checkRotation(from: old, to: found, in: scope)
      }
      let existing = planner.keys(for: scope)
      var keys: [ReviewedKey] = []
      for review in reviews {
        for index in review.candidates.indices {
          let candidate = review.candidates[index]
          var certification: Certification?
          if case .rotate(let old, _) = order.purpose {
            certification = planner.certification(of: candidate, by: old, in: scope)
          }
          var key = ReviewedKey(
            review: review, index: index, number: keys.count + 1, count: count, purpose: order.purpose,
            existing: existing, masks: masks(of: candidate.certificate.fingerprint, for: scope),
            difference: planner.difference(of: candidate, in: scope), certification: certification)
          key.outlook = outlook(of: key, planner, at: now)
          keys.append(key)
        }
      }
      return .keys(keys)
    } catch {
      return .failed("\(error)")
    }
  }

  /// What trusting a key comes to; nil where that cannot be planned, which the plan itself will say.
  private func outlook(of key: ReviewedKey, _ planner: ChangePlanner, at now: Timestamp) -> ReviewedKey.Outlook? {
    guard key.refusal == nil else { return nil }
    switch key.purpose {
    case .trust(let scope):
      let plan = try? planner.trust([key.candidate], in: scope, replacing: key.replaces)
      guard case .change(let change)? = plan else { return nil }
      return ReviewedKey.Outlook(effects: change.effects)
    case .rotate(let old, let scope):
      func plan(_ due: Timestamp?) -> Change? {
        let plan = try? planner.rotate(from: old, to: key.candidate, in: scope, due: due, replacing: key.replaces)
        guard case .change(let change)? = plan?.weighed(by: images, at: now) else { return nil }
        return change
      }
      guard let slow = plan(now.advanced(by: 86_400)), let quick = plan(nil) else { return nil }
      return ReviewedKey.Outlook(effects: slow.effects, atOnce: (quick.effects, quick.refusedImages))
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
    return try origin.reviews(by: fetcher, at: now) { [mailbox] step in
      mailbox.post(.reviewing(order, step: step.words))
    }
  }

  /// A plan to trust a key as it was reviewed; a copy that has less than the one that is there was shown as such.
  func planTrust(_ key: ReviewedKey, at now: Timestamp) throws -> Plan {
    let planner = planner(at: now) { concerns($0, key.purpose) }
    return try planner.trust([key.candidate], in: key.purpose.scope, replacing: key.replaces)
  }

  /// A plan to let a key take the place of another one.
  func planRotation(_ key: ReviewedKey, days: Int?, at now: Timestamp) throws -> Plan {
    guard case .rotate(let old, let scope) = key.purpose else { return try planTrust(key, at: now) }
    let due = days.map { now.advanced(by: Int64($0) * 86_400) }
    return try planner(at: now) { concerns($0, key.purpose) }.rotate(
      from: old, to: key.candidate, in: scope, due: due, replacing: key.replaces)
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
