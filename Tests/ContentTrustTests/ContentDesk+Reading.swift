import ContentTrust
import Fetch
import Glibc
import SignedMetadata
import Stores
import TestSupport
import TrustChange
import TrustModel

extension ContentDesk {
  /// The state directory of the machine.
  var state: StateDirectory { StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil } }

  /// What keeps lessons on the machine.
  var cache: ContentCache { ContentCache(state, user: geteuid()) }

  /// Reads the repository in this process.
  func reading(
    from kept: KeptMetadata, pins: TrustPins? = nil, at now: Timestamp = Timestamp(seconds: Int64(time(nil))),
    salvage: (MetadataUpdate) -> Void = { _ in }
  ) throws -> RepositoryReading {
    let repository = try Repository(Self.name)
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    let client = MetadataClient(try NotaryServer(peer.address), for: repository, with: Fetcher(settings))
    var firstUse = TrustPins()
    firstUse.allowsFirstUse = true
    return try RepositoryReader(repository, from: kept, pins: pins ?? firstUse, at: now) { client.answer($0) }
      .read(salvage: salvage)
  }
}
