internal import TrustModel

/// What gpg is told of a key that it makes.
///
/// Source: GnuPG manual, "Unattended key generation".
public struct KeyParameters: Sendable {
  /// Names and values in their order, `Key-Type` first, the passphrase left out.
  public var pairs: [(name: String, value: String)] = []
  /// The file of public keys that it goes into; nil for the home's own.
  public var keyring: String?
  /// Whether the secret key is left without a passphrase.
  public var isOpen = false
  /// Whether it is only looked at.
  public var isDryRun = false

  /// None yet.
  public init() {}

  /// The value of a parameter.
  public subscript(name: String) -> String? {
    pairs.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// What gpg reads on its standard input.
  var text: String {
    var lines = pairs.map { "\($0.name): \($0.value)" }
    if let keyring { lines.append("%pubring \(keyring.contains("/") ? keyring : "./" + keyring)") }
    if isOpen { lines.append("%no-protection") }
    return (lines + ["%commit", ""]).joined(separator: "\n")
  }

  /// What a person should know of a key like this, before it is made.
  public var remarks: [String] {
    var remarks: [String] = []
    for (kind, length) in [("Key-Type", "Key-Length"), ("Subkey-Type", "Subkey-Length")] {
      guard let type = self[kind]?.lowercased() else { continue }
      // By name or by the number of the algorithm (RFC 4880, section 9.1).
      let isRSA = type.hasPrefix("rsa") || ["1", "2", "3"].contains(type)
      if isRSA, let bits = self[length].flatMap({ Int($0) }), bits < KeyAlgorithm.rsaMinimum {
        remarks.append(
          "RSA with \(bits) bits is weak: keyreeve takes signatures from \(KeyAlgorithm.rsaMinimum) bits on")
      }
      if type == "dsa" || type == "17" { remarks.append("DSA is weak: keyreeve takes no signatures by it") }
    }
    let end = self["Expire-Date"] ?? "0"
    if end == "0" || end == "never" { remarks.append("the key never expires") }
    return remarks
  }
}
