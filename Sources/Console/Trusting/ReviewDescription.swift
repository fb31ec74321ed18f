internal import OpenPGP
internal import Screen
internal import TrustChange
internal import TrustModel

/// A key to be reviewed, as lines of text: what it is first, then what is special about it, then how it came here.
struct ReviewDescription {
  let key: ReviewedKey
  let now: Timestamp

  /// User ids and remarks that are shown, each.
  private static let limit = 8

  var lines: [DescribedLine] {
    let certificate = key.candidate.certificate
    let groups = key.fingerprint.grouped.split(separator: " ")
    var lines = [
      DescribedLine("Fingerprint", groups[..<5].joined(separator: "  "), .heading),
      DescribedLine("", groups[5...].joined(separator: "  "), .heading), DescribedLine("", ""),
    ]
    let users = certificate.userIDs.prefix(Self.limit).map(\.visible.description)
    lines += users.enumerated().map { DescribedLine($0.offset == 0 ? "User id" : "", $0.element) }
    let more = certificate.userIDs.count - users.count
    if more > 0 { lines.append(DescribedLine("", "and \(more) more")) }
    lines.append(DescribedLine("Key", key.candidate.words(at: now)))
    lines += purpose + otherEffects
    lines += key.masks.map { DescribedLine("Disabled by", "\($0): trusted here, it counts again", .warning) }
    lines += key.candidate.remarks.prefix(Self.limit).map { DescribedLine("Remark", $0, .warning) }
    return lines + source
  }

  private var purpose: [DescribedLine] {
    if let difference = key.difference { return refresh(difference) }
    switch key.purpose {
    case .rotate(let old, _):
      return [
        DescribedLine("In place of", old.shortGrouped), DescribedLine("For", names),
        DescribedLine("", key.certificationWords ?? "", key.certificationRole),
      ]
    case .trust:
      var lines = [DescribedLine("Trust for", names)]
      if key.existing.contains(key.fingerprint) {
        lines.append(DescribedLine("Already here", "a key with this fingerprint is here for these names", .warning))
      } else if !key.existing.isEmpty {
        let names = key.existing.prefix(4).map(\.shortGrouped).joined(separator: ", ")
        let more = key.existing.count > 4 ? " and \(key.existing.count - 4) more" : ""
        lines.append(DescribedLine("Beside", "the keys that are here for these names: \(names)\(more)", .warning))
      }
      return lines
    }
  }

  /// The names, and how many keys they accept before and afterwards; so that whoever compares knows what for.
  private var names: String {
    let scope = key.purpose.scope
    guard let effect = key.outlook?.effects.first(where: { $0.scope == scope }) else { return scope.names }
    return "\(scope.names): accepted keys \(effect.acceptedBefore) -> \(effect.acceptedAfter)"
  }

  private var otherEffects: [DescribedLine] {
    let others = key.outlook?.effects.filter { $0.scope != key.purpose.scope } ?? []
    return others.map { DescribedLine("Changes", $0.words) }
  }

  private func refresh(_ difference: KeyDifference) -> [DescribedLine] {
    var lines = [
      DescribedLine("Here for", names), DescribedLine("", "This copy of the key differs:"),
    ]
    lines += difference.lines.map { DescribedLine("CHANGES", $0, .accepted) }
    lines += difference.losses.map { DescribedLine("LOSES", $0, .warning) }
    return lines
  }

  private var source: [DescribedLine] {
    let review = key.review
    var lines = [DescribedLine("", ""), DescribedLine("From", "\(VisibleText(review.source))   \(review.size) octets")]
    lines += review.route.map { DescribedLine("", $0, .dim) }
    lines.append(DescribedLine("Digest", review.digest, .dim))
    if review.isDiscovered {
      lines.append(DescribedLine("", "Whoever runs the site chose this key: compare it all the more.", .warning))
    }
    return lines
  }
}
