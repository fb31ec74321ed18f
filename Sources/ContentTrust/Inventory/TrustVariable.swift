/// The variables of docker and notary that switch content trust on or give passphrases.
///
/// Source: reference/docker-content-trust.md, sections 4 and 5.
public enum TrustVariable {
  /// Those that hold no secret.
  static let plain = ["DOCKER_CONTENT_TRUST", "DOCKER_CONTENT_TRUST_SERVER"]
  /// Those that may.
  static let secret =
    ["ROOT", "REPOSITORY", "TARGET", "SNAPSHOT", "OFFLINE", "TAGGING"].map { "DOCKER_CONTENT_TRUST_\($0)_PASSPHRASE" }
    + ["ROOT", "TARGETS", "SNAPSHOT", "DELEGATION"].map { "NOTARY_\($0)_PASSPHRASE" } + ["NOTARY_AUTH"]

  /// Every name.
  public static var names: [String] { plain + secret }

  static func isKnown(_ name: some StringProtocol) -> Bool { names.contains { $0.utf8.elementsEqual(name.utf8) } }

  /// Whether its value may be shown.
  public static func isPublic(_ name: some StringProtocol) -> Bool {
    plain.contains { $0.utf8.elementsEqual(name.utf8) }
  }

  /// A value as it may be shown: the address of a server without a user and a password.
  public static func shown(_ value: some StringProtocol) -> String {
    let text = String(value.prefix(TrustMention.valueLimit))
    guard let at = text.lastIndex(of: "@") else { return text }
    let scheme = text.range(of: "://")?.upperBound ?? text.startIndex
    return scheme < at
      ? String(text[..<scheme]) + String(text[text.index(after: at)...]) : String(text[text.index(after: at)...])
  }

  /// Whether docker takes a value for on: anything but what its language reads as false.
  public static func isOn(_ value: String) -> Bool {
    !["", "0", "f", "F", "false", "FALSE", "False"].contains(value)
  }
}

extension StringProtocol {
  fileprivate func range(of part: String) -> Range<Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(part) { return index..<self.index(index, offsetBy: part.count) }
      index = self.index(after: index)
    }
    return nil
  }
}
