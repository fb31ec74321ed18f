internal import Fetch
internal import Glibc
public import Stores
internal import TrustModel

/// What `docker login` has kept: in `config.json` itself, or with a program that it names.
///
/// Source: reference/docker-content-trust.md, section 4.
public struct DockerCredentials: CredentialSource {
  private let folder: ForeignFolder
  /// Milliseconds for a helper.
  var helperTime = CredentialLimits.helperTime

  /// The key of Docker Hub.
  static let hub = "https://index.docker.io/v1/"
  static let file = "config.json"

  /// The credentials of docker's folder.
  public init(_ folder: ForeignFolder) { self.folder = folder }

  private var place: String { folder.located(Self.file) }

  /// What docker would show at a registry.
  public func credential(for registry: String) throws(CredentialError) -> Credential? {
    guard let octets = try read() else { return nil }
    guard let document = SecretDocument(octets) else { throw .malformed(place, "is no JSON object") }
    let key = registry == "docker.io" ? Self.hub : registry
    let entry: Credential?
    let name: String?
    do throws(SecretDocument.Malformed) {
      name = try helper(for: key, in: document)
      entry = try DockerLogin(document).credential(for: key, origin: place)
    } catch {
      throw .malformed(place, "is not as docker writes it: see auths, credsStore and credHelpers")
    }
    guard let name else { return entry }
    return try ask(name, key) ?? entry
  }

  private func ask(_ name: String, _ key: String) throws(CredentialError) -> Credential? {
    var helper = try CredentialProgram(name, file: place)
    helper.time = helperTime
    guard folder.sysroot.isMachine else { throw .helperElsewhere(helper.program, file: place) }
    return try helper.credential(for: key)
  }

  /// The helper for a registry, or the one for all; an empty name is none.
  private func helper(for key: String, in document: SecretDocument) throws(SecretDocument.Malformed) -> String? {
    if let helpers = try document.member("credHelpers", of: document.root),
      let value = try document.member(key, of: helpers)
    {
      let name = try document.text(value)
      return name.isEmpty ? nil : name
    }
    guard let value = try document.member("credsStore", of: document.root) else { return nil }
    let name = try document.text(value)
    return name.isEmpty ? nil : name
  }

  private func read() throws(CredentialError) -> SecretOctets? {
    do throws(StoreError) {
      guard let (file, size) = try folder.open(Self.file, limit: CredentialLimits.fileOctets) else { return nil }
      defer { close(file) }
      return unsafe SecretOctets(capacity: size) { room in
        var length = 0
        while length < room.count {
          let count = unsafe Glibc.read(file, room.baseAddress?.advanced(by: length), room.count - length)
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { break }
          length += count
        }
        return length
      }
    } catch {
      throw .store(error)
    }
  }
}
