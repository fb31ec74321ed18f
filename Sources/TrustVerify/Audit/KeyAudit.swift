internal import OpenPGP
internal import Stores
internal import TrustModel

/// Findings about the key in one file, and about its place among the others.
struct KeyAudit {
  let key: LoadedKey
  let record: KeyRecord
  let others: AuditedKeys
  let fix: FindingFix
  let now: Timestamp

  var findings: [Finding] {
    switch record.status {
    case .mask: mask
    case .overridden: overridden
    case .disabled: []
    case .invalid: key.certificate == nil && key.file.nature == .candidate ? [broken] : unjudged
    case .expired: [finding("expired", .warning, "expired\(on): images signed by it are refused", fix: removal)]
    case .revoked: [finding("revoked", .error, "was revoked by its owner\(why)", fix: removal)]
    case .weak: [finding("weak-key", .warning, "is too weak to count\(why)", fix: removal)]
    case .trusted: expiring + remarks
    }
  }

  private var on: String { record.expires.map { " on \($0.date)" } ?? "" }
  private var why: String { record.problem.map { ": \($0)" } ?? "" }

  private var broken: Finding {
    switch key.fault {
    case .name: finding("wrong-name", .error, "vouches for nobody\(why)", fix: removal)
    case .several: finding("several-certificates", .warning, "vouches for nobody\(why)", fix: removal)
    case .unreadable: finding("unreadable", .error, "is not read\(why): what it says is not seen")
    case nil: finding("broken-file", .warning, "vouches for nobody\(why)", fix: removal)
    }
  }

  private var unjudged: [Finding] {
    key.certificate == nil ? [] : [finding("unusable-key", .warning, "vouches for nobody\(why)", fix: removal)]
  }

  private var expiring: [Finding] {
    guard let expires = record.expires, expires > now, expires.days(since: now) < Auditor.expiryNotice else {
      return []
    }
    return [
      finding("expiring", .warning, "expires in \(expires.days(since: now)) days (\(expires.date))", fix: refresh)
    ]
  }

  private var remarks: [Finding] {
    (key.certificate?.remarks ?? []).map { remark in
      finding(remark.findingID, remark.severity, "has \(remark)", fix: fix(for: remark))
    }
  }

  private var mask: [Finding] {
    let copies = others[key.file.fingerprint]
    let masked = copies.contains { other, _ in
      other.file.layer == .distribution
        && (key.file.scope.covers(other.file.scope) || other.file.scope.covers(key.file.scope))
    }
    var findings: [Finding] = []
    if !masked {
      findings.append(
        finding(
          "mask-of-nothing", .note, "masks nothing: the distribution ships no such key there", fix: command("enable")))
    }
    let elsewhere = copies.first { other, record in
      // A mask over part of a key's names is no contradiction.
      record.status == .trusted
        && !(other.file.layer == .distribution && other.file.scope.covers(key.file.scope))
    }
    if let elsewhere = elsewhere?.key {
      findings.append(
        finding(
          "disabled-but-trusted", .warning,
          "switches the key off for \(name(key.file.scope)), but \(elsewhere.file.path) still trusts it for"
            + " \(name(elsewhere.file.scope))", fix: key.file.fingerprint.map { fix.everywhere("disable", $0) }))
    }
    return findings
  }

  private var overridden: [Finding] {
    let other = others[key.file.fingerprint].first { other, _ in
      other.file.layer == .administrator && other.file.scope == key.file.scope
    }
    guard let other = other?.key, let mine = key.certificate, let theirs = other.certificate else { return [] }
    return mine.octets == theirs.octets
      ? [
        finding(
          "override-identical", .note, "is overridden by an identical administrator file: it can go",
          fix: command("remove"))
      ]
      : [
        finding(
          "override-differs", .note, "is overridden by a different administrator file, \(other.file.path)",
          fix: command("remove"))
      ]
  }

  private func name(_ scope: Scope) -> String { scope == .root ? "every name" : scope.description }

  /// The command that takes the key out of use: the administrator's file goes, the distribution's is switched off.
  private var removal: [String]? { command(key.file.layer == .administrator ? "remove" : "disable") }

  private func command(_ verb: String) -> [String]? {
    key.file.fingerprint.map { fix.key(verb, $0, key.file.scope) }
  }

  private func fix(for remark: CertificateRemark) -> [String]? {
    switch remark {
    case .hiddenCharacters: removal
    case .weakSelfSignature, .unboundSubkey: refresh
    default: nil
    }
  }

  /// What the publisher's host has to say of its keys today.
  private var refresh: [String]? { fix.refresh(key.file.scope) }

  private func finding(
    _ id: String, _ severity: Finding.Severity, _ rest: String, fix: [String]? = nil
  ) -> Finding {
    let user = record.userIDs.first.map { " ('\($0)')" } ?? ""
    return Finding(
      id: id, severity: severity, file: key.file.path, fingerprint: key.file.fingerprint,
      message: "\(VisibleText(key.file.path))\(user) \(rest)", fix: fix)
  }
}
