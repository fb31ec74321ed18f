public import TrustModel

/// A key of which GnuPG holds the secret part, as gpg lists it.
public struct SecretKey: Sendable, Equatable {
  /// The primary key's fingerprint.
  public internal(set) var fingerprint: Fingerprint
  /// Its user ids, safe to show.
  public internal(set) var userIDs: [String] = []
  /// Why it cannot sign now; nil where it can.
  public internal(set) var obstacle: String?
}

extension GnuPG {
  /// The keys that it holds secret parts of, in its order.
  ///
  /// Where `named` is given, only what gpg finds for it.
  public func secretKeys(_ named: Fingerprint? = nil) throws(PublishingProblem) -> [SecretKey] {
    let words = ["--with-colons", "--fixed-list-mode", "--list-secret-keys"]
    let answer = try run(words + (named.map { ["\($0)"] } ?? []))
    // Of a key that is not there gpg says so by failing.
    guard answer.isWell || answer.output.isEmpty else {
      throw PublishingProblem(.failed, "gpg could not list the secret keys: \(answer.complaint)")
    }
    return Self.keys(in: String(decoding: answer.output, as: UTF8.self))
  }

  /// The one key that can sign: that one, or the only one there is.
  public func signingKey(_ named: Fingerprint?) throws(PublishingProblem) -> SecretKey {
    let keys = try secretKeys(named)
    if let named {
      guard let key = keys.first(where: { $0.fingerprint == named }) else {
        throw PublishingProblem(.notFound, "gpg has no secret key \(named); see: gpg --list-secret-keys")
      }
      if let obstacle = key.obstacle { throw PublishingProblem(.unfit, "the key \(named) cannot sign: \(obstacle)") }
      return key
    }
    let fit = keys.filter { $0.obstacle == nil }
    guard let first = fit.first else {
      let why = keys.map { "; \($0.fingerprint) cannot: \($0.obstacle ?? "")" }.joined()
      throw PublishingProblem(.notFound, "gpg has no secret key that can sign\(why); to make one: keyreeve keygen")
    }
    guard fit.count == 1 else {
      let rows = fit.map { "\n  \($0.fingerprint)  \($0.userIDs.first ?? "")" }.joined()
      throw PublishingProblem(.declined, "there are \(fit.count) keys that can sign: choose one by --key FPR\(rows)")
    }
    return first
  }

  /// Source: GnuPG, doc/DETAILS, "Format of the colon listings".
  static func keys(in listing: String) -> [SecretKey] {
    var keys: [SecretKey] = []
    var pending: [Substring]?
    for line in listing.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count > 9 else { continue }
      switch fields[0] {
      case "sec": pending = fields
      case "ssb": pending = nil
      case "fpr":
        guard let record = pending, let fingerprint = Fingerprint(typed: fields[9]) else { continue }
        keys.append(SecretKey(fingerprint: fingerprint, obstacle: obstacle(of: record)))
        pending = nil
      case "uid" where !keys.isEmpty && fields[1] != "r":
        keys[keys.count - 1].userIDs.append(VisibleText(unescaped(fields[9]), limit: 300).description)
      default: continue
      }
    }
    return keys
  }

  private static func obstacle(of record: [Substring]) -> String? {
    switch record[1] {
    case "e": return "it has expired"
    case "r": return "it is revoked"
    case "d": return "it is disabled"
    case "i": return "it is invalid"
    default: break
    }
    guard record.count > 11, record[11].contains("S") else { return "neither it nor a subkey of it may sign data" }
    return nil
  }

  /// gpg writes colons, line ends and backslashes in text as `\x3a`.
  private static func unescaped(_ text: Substring) -> String {
    var octets: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let octet = rest.popFirst() {
      if octet == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x"),
        let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
      {
        octets.append(value)
        rest = rest.dropFirst(3)
      } else {
        octets.append(octet)
      }
    }
    return String(decoding: octets, as: UTF8.self)
  }
}
