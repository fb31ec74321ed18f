internal import Fetch
internal import TrustModel

/// The entry for one registry in `auths` of docker's `config.json`.
struct DockerLogin {
  private let document: SecretDocument

  init(_ document: SecretDocument) { self.document = document }

  /// What stands there; nil where there is no entry, or an empty one, as beside helpers.
  func credential(for key: String, origin: String) throws(SecretDocument.Malformed) -> Credential? {
    guard let logins = try document.member("auths", of: document.root), let entry = try entry(key, in: logins) else {
      return nil
    }
    var credential = Credential(origin: origin)
    credential.identityToken = try secret("identitytoken", of: entry)
    credential.registryToken = try secret("registrytoken", of: entry)
    if let digits = try secret("auth", of: entry) {
      guard let pair = SecretBase64.decode(digits), credential.take(pair: pair) else {
        throw SecretDocument.Malformed()
      }
    } else if let name = try text("username", of: entry), let password = try secret("password", of: entry) {
      // Other programs write them apart. Docker 28 shows them too (measured), and with an auth beside them only that.
      credential.take(name: name, password: password)
    }
    return credential.isEmpty ? nil : credential
  }

  private func secret(_ name: String, of entry: SecretDocument.Value) throws(SecretDocument.Malformed) -> SecretOctets?
  {
    guard let value = try document.member(name, of: entry) else { return nil }
    let secret = try document.secret(value)
    return secret.isEmpty ? nil : secret
  }

  private func text(_ name: String, of entry: SecretDocument.Value) throws(SecretDocument.Malformed) -> String? {
    guard let value = try document.member(name, of: entry) else { return nil }
    let text = try document.text(value)
    return text.isEmpty ? nil : text
  }

  /// Exactly that key, or else an old one that is a whole address at that host.
  private func entry(_ key: String, in logins: SecretDocument.Value) throws(SecretDocument.Malformed)
    -> SecretDocument.Value?
  {
    if let exact = try document.member(key, of: logins) { return exact }
    return try document.members(of: logins).first { Self.host(document.name($0.name)) == key }?.value
  }

  /// The host of an address as docker's older versions have written it.
  private static func host(_ key: String) -> String {
    var rest = key[...]
    for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
    return String(rest.prefix { $0 != "/" })
  }
}
