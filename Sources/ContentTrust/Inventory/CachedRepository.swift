internal import SignedMetadata
public import Stores
internal import StrictJSON
public import TrustModel

/// A repository that docker or notary has kept, and when each piece of it ends by its own word.
///
/// Nothing is verified: this says what is here, not what to trust.
public struct CachedRepository: Sendable {
  /// A document, or a certificate of a root key.
  public struct Piece: Sendable, Hashable {
    /// The role, or `root certificate`.
    public let name: String
    /// The version; nil for certificates.
    public let version: Int64?
    /// When it ends; nil where it does not say so.
    public let expires: Timestamp?
    /// Why it cannot be read.
    public let problem: String?
  }

  /// The repository.
  public let repository: Repository
  /// The folder, as it is found from here.
  public let folder: String
  /// Its pieces: root, timestamp, snapshot, targets, delegations.
  public private(set) var pieces: [Piece] = []

  /// The most delegations that are followed.
  static let roleLimit = 256

  /// What is kept of a repository in a folder.
  public init(_ repository: Repository, in folder: TrustFolder) {
    (self.repository, self.folder) = (repository, folder.sysroot.located(folder.path))
    for role in [RoleName.root, .timestamp, .snapshot] { _ = add(role, folder) }
    var waiting: [RoleName] = [.targets]
    var seen: Set<RoleName> = [.targets]
    while !waiting.isEmpty {
      let signed = add(waiting.removeFirst(), folder)
      for role in signed?["delegations"]?["roles"]?.array ?? [] {
        guard let name = role["name"]?.string.map({ RoleName($0) }), seen.count < Self.roleLimit,
          seen.insert(name).inserted
        else { continue }
        waiting.append(name)
      }
    }
  }

  private mutating func add(_ role: RoleName, _ folder: TrustFolder) -> JSON? {
    func note(_ version: Int64?, _ expires: Timestamp?, _ problem: String?) {
      pieces.append(Piece(name: role.description, version: version, expires: expires, problem: problem))
    }
    guard let path = KeptDocuments.path(of: role) else { return nil }
    do {
      guard let octets = try folder.document(path, of: repository) else { return nil }
      let signed = try JSON.parse(octets, limits: JSONLimits(octets: TrustFolder.documentLimit))["signed"]
      let expires = signed?["expires"]?.string.flatMap { Timestamp(rfc3339: $0.text) }
      note(signed?["version"]?.integer, expires, expires == nil ? "does not say when it expires" : nil)
      if role == .root { addCertificates(octets) }
      return signed
    } catch let error as StoreError {
      note(nil, nil, error.problem)
    } catch {
      note(nil, nil, "is no signed document: \(error)")
    }
    return nil
  }

  private mutating func addCertificates(_ octets: [UInt8]) {
    guard let root = try? FirstRoot(octets, of: repository, at: nil) else { return }
    for leaf in root.keys.compactMap(\.certificates.first) {
      pieces.append(Piece(name: "root certificate", version: nil, expires: leaf.notAfter, problem: nil))
    }
  }
}
