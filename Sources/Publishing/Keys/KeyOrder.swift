internal import TrustModel

/// A key as a person orders it: for signing images and nothing else.
public struct KeyOrder: Sendable {
  /// The algorithms that can be ordered.
  public enum Algorithm: String, Sendable, CaseIterable {
    /// EdDSA: small and quick; rkt itself reads no such keys.
    case ed25519
    /// For clients as old as rkt.
    case rsa2048, rsa3072, rsa4096
    /// ECDSA.
    case nistp256, nistp384, nistp521
  }

  /// The parameters for it.
  public let parameters: KeyParameters

  /// An order.
  ///
  /// - Parameter expires: `never`, a day (`2027-12-31`), or a number with `d`, `w`, `m` or `y`.
  public init(
    _ algorithm: Algorithm, name: String?, email: String?, comment: String?, expires: String
  ) throws(PublishingProblem) {
    var parameters = KeyParameters()
    parameters.pairs = Self.pairs(algorithm) + [("Key-Usage", "sign")]
    guard name != nil || email != nil else {
      throw PublishingProblem(.usage, "say whose key it is: --name NAME, --email ADDRESS or both")
    }
    if let name { parameters.pairs.append(("Name-Real", try Self.checked(name, "--name"))) }
    if let comment { parameters.pairs.append(("Name-Comment", try Self.checked(comment, "--comment"))) }
    if let email {
      let text = try Self.checked(email, "--email")
      let halves = text.split(separator: "@", omittingEmptySubsequences: false)
      guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty, !text.contains(" ") else {
        throw PublishingProblem(.usage, "--email '\(VisibleText(email, limit: 80))' is no mail address")
      }
      parameters.pairs.append(("Name-Email", text))
    }
    guard let end = Self.end(expires) else {
      throw PublishingProblem(
        .usage,
        "--expires '\(VisibleText(expires, limit: 80))' is neither never, a day such as 2027-12-31, nor 90d, 52w, 12m, 2y"
      )
    }
    parameters.pairs.append(("Expire-Date", end))
    self.parameters = parameters
  }

  private static func pairs(_ algorithm: Algorithm) -> [(name: String, value: String)] {
    switch algorithm {
    case .ed25519: [("Key-Type", "EDDSA"), ("Key-Curve", "ed25519")]
    case .rsa2048, .rsa3072, .rsa4096: [("Key-Type", "RSA"), ("Key-Length", String(algorithm.rawValue.dropFirst(3)))]
    case .nistp256, .nistp384, .nistp521: [("Key-Type", "ECDSA"), ("Key-Curve", algorithm.rawValue)]
    }
  }

  /// Text for a user id, in which nothing may look like another part of it.
  private static func checked(_ text: String, _ option: String) throws(PublishingProblem) -> String {
    let shown = VisibleText(text, limit: 80)
    let forbidden: Set<Character> = ["<", ">", "(", ")"]
    guard !text.isEmpty, text.utf8.count <= PublishingLimits.userIDPart else {
      throw PublishingProblem(.usage, "\(option) has from 1 to \(PublishingLimits.userIDPart) octets")
    }
    guard !VisibleText(text).hadHiddenCharacters, !text.contains(where: { forbidden.contains($0) || $0.isNewline }),
      text.first?.isWhitespace == false, text.last?.isWhitespace == false
    else {
      throw PublishingProblem(
        .usage, "\(option) '\(shown)' has characters that a user id keeps for itself, hides, or cuts off")
    }
    return text
  }

  /// gpg's word for an end; nil for what is none.
  static func end(_ text: String) -> String? {
    if text == "never" || text == "0" { return "0" }
    if Timestamp(rfc3339: text + "T00:00:00Z") != nil { return text }
    let digits = text.last.map { "dwmy".contains($0) } == true ? text.dropLast() : text[...]
    guard (1...5).contains(digits.utf8.count), let number = Int(digits), number > 0, !digits.hasPrefix("+") else {
      return nil
    }
    return text
  }
}
