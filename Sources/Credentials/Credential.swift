internal import Fetch
public import TrustModel

/// What somebody shows to a server, and where it is kept.
public struct Credential: Sendable, CustomStringConvertible {
  /// The name of the account; nil where there are only tokens.
  public var name: String?
  /// `name:password` in base 64; nil where there is no password.
  public var basic: SecretOctets?
  /// A token that gets others from a token server (`grant_type=refresh_token`).
  public var identityToken: SecretOctets?
  /// A token for the server itself.
  public var registryToken: SecretOctets?
  /// Where it is kept, for messages: a file or a program.
  public let origin: String

  /// Nothing yet.
  init(origin: String) { self.origin = origin }

  /// Whether there is nothing to show.
  var isEmpty: Bool { basic == nil && identityToken == nil && registryToken == nil }

  /// Where it is kept, and nothing of it.
  public var description: String { "the credentials from \(origin)" }

  /// Takes a name and a password that stand apart; an empty password is none.
  mutating func take(name: String, password: SecretOctets) {
    self.name = name
    basic = password.isEmpty ? nil : SecretBase64.encode(SecretOctets(Array((name + ":").utf8), password))
  }

  /// Takes `name:password`; an empty password is none.
  mutating func take(pair: SecretOctets) -> Bool {
    guard let colon = pair.firstIndex(of: UInt8(ascii: ":")),
      let name = String(validating: pair[..<colon], as: UTF8.self)
    else { return false }
    // Docker cuts zeros off the end of a password, which old versions have written there.
    let password = pair[(colon + 1)...]
    let end = password.lastIndex { $0 != 0 }.map { $0 + 1 } ?? password.startIndex
    self.name = name
    basic = end > password.startIndex ? SecretBase64.encode(pair[..<end]) : nil
    return true
  }
}
