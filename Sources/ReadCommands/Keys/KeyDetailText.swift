internal import OpenPGP
internal import TrustModel
internal import TrustVerify

/// A key in full as text.
struct KeyDetailText {
  let detail: KeyDetail
  let style: TextStyle
  let now: Timestamp

  var lines: [String] {
    var lines = [style.heading("Fingerprint  ") + detail.fingerprint.grouped.lowercased()]
    if let record = detail.record {
      for user in record.userIDs { lines.append("User id      \(user)") }
      lines.append(
        "Key          \(record.algorithm?.description ?? "-"), made \(record.created?.date ?? "-"), \(expiry(record))")
      lines.append("Health       " + style.status(record.status, health(record)))
    }
    for subkey in detail.certificate?.subkeys ?? [] { lines.append("Subkey       " + text(subkey)) }
    for remark in detail.certificate?.remarks ?? [] { lines.append("Remark       \(remark)") }
    if detail.places.isEmpty { lines.append("Places       none: no layer holds this key") }
    for place in detail.places {
      let scope = place.scope == .root ? "every name" : place.scope.description
      lines.append(
        "Place        " + style.status(place.status, place.status.rawValue) + " for \(scope)"
          + (place.by.map { ", by \($0)" } ?? "") + (place.problem.map { " (\($0))" } ?? ""))
      lines.append("             \(VisibleText(place.file))")
    }
    return lines + [""]
  }

  private func expiry(_ record: KeyRecord) -> String {
    guard let expires = record.expires else { return "never expires" }
    if expires <= now { return "expired \(expires.date)" }
    return "expires \(expires.date) (in \(expires.days(since: now)) days)"
  }

  private func health(_ record: KeyRecord) -> String {
    let word = record.status == .trusted ? "good" : record.status.rawValue
    return word + (record.problem.map { ": \($0)" } ?? "")
  }

  private func text(_ subkey: Subkey) -> String {
    let judged = detail.judgement?.keys.first { $0.fingerprint == subkey.fingerprint }
    let use =
      switch judged {
      case nil: "not bound to the key"
      case let key? where key.isRevoked: "revoked"
      case let key? where key.isExpired: "expired"
      case let key? where key.canSign: "signs"
      case _?: "does not sign"
      }
    return "\(subkey.fingerprint), \(subkey.algorithm), \(use)"
  }
}
