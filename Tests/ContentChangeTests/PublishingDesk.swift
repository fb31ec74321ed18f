import ContentChange
import ContentSigning
import ContentTrust
import Fetch
import Glibc
import SignedMetadata
import Stores
import StrictJSON
import TestSupport
import TrustModel

/// A repository of notary's on a real server, and a publisher of ours with notary's own key files.
final class PublishingDesk {
  let peer: NotaryPeer
  let repository: Repository
  static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }

  init(_ peer: NotaryPeer, name: String = "example.com/team/app", targets: [String] = ["v1"]) throws {
    (self.peer, repository) = (peer, try Repository(name))
    try peer.makeRepository(name, targets: targets)
  }

  var host: ServerHost {
    get throws { try DocumentTests.host(peer, repository) }
  }

  var keys: NotaryKeys { NotaryKeys(folder: TrustFolder(sysroot: .machine, path: peer.trustFolder)) }

  /// Reads it whole, from nothing.
  func read() throws -> RepositoryReading {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    let client = MetadataClient(try NotaryServer(peer.address), for: repository, with: Fetcher(settings))
    var pins = TrustPins()
    pins.allowsFirstUse = true
    return try RepositoryReader(repository, from: KeptMetadata { _ in nil }, pins: pins, at: Self.now) {
      client.answer($0)
    }.read()
  }

  func publisher(_ host: (any RepositoryHost)? = nil) throws -> RepositoryPublisher {
    RepositoryPublisher(to: try host ?? self.host, with: keys) { try self.read() }
  }

  /// Signs a target, as its owner does.
  func sign(_ name: JSONString, in draft: inout RepositoryDraft) {
    draft.changeTargets(of: .targets) {
      $0.set(name, to: .init(sha256: [UInt8](repeating: 9, count: 32), length: 9))
    }
  }

  /// Notary's list, by a person who has never seen the repository.
  func notaryList() throws -> String {
    let empty = try TemporaryDirectory()
    return try peer.notary(["list", repository.name], folder: empty.path)
  }
}

/// The key files of the real notary, with the passphrases that it was given.
struct NotaryKeys: SigningKeySource {
  let folder: TrustFolder

  func holds(_ id: KeyID) -> Bool { (try? folder.secret(at: ["private", "\(id).key"])) != nil }

  func open(_ key: ListedKey, for entry: SigningPlan.Entry, of repository: Repository) throws -> PrivateSigningKey {
    let file = try folder.secret(at: ["private", "\(key.canonicalID).key"])
    let role = [.root, .targets, .snapshot].contains(entry.role) ? entry.role.text.text : "delegation"
    return try PrivateSigningKey(
      PEMKeyBlock(file.octets), passphrase: SealedKeyTexts.passphrase("\(role) passphrase"))
  }
}

enum SealedKeyTexts {
  static func passphrase(_ text: String) -> SecretOctets { SecretOctets(Array(text.utf8)) }
}
