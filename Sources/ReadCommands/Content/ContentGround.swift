internal import ContentTrust
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// What a reading of a repository stands on: what was kept, the versions seen, and the pins.
struct ContentGround {
  let documents: KeptDocuments
  let floors: VersionFloors
  let pins: TrustPins
  /// The file with the versions seen, as it is found from here.
  let record: String

  /// The ground of a repository on a machine, with the documents of a folder and what notary pins.
  ///
  /// - Throws: `CommandFailure` where any of it is there and cannot be used: doing without would be weaker than what was asked for.
  init(
    _ repository: Repository, in folder: TrustFolder, _ common: CommonOptions, notary: NotaryPins, allowsFirstUse: Bool
  ) throws {
    documents = KeptDocuments(repository, in: folder)
    record = common.state.path + "/" + SeenVersions.path(of: repository)
    do {
      floors = try SeenVersions.read(repository, in: common.state)
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
    do {
      // Without the root that was kept, another one might be trusted on first use.
      _ = try documents.file(.root)
    } catch {
      throw CommandFailure(.failed, "the root of \(repository) that was kept: \(folder.sentence(error))")
    }
    pins = try Self.pins(repository, common, notary, allowsFirstUse)
  }

  /// Keyreeve's own pins, then notary's.
  private static func pins(
    _ repository: Repository, _ common: CommonOptions, _ notary: NotaryPins, _ allowsFirstUse: Bool
  ) throws -> TrustPins {
    let configuration = try common.configuration()
    var pins = TrustPins()
    do {
      try pins.add(configuration, for: repository)
      try notary.add(to: &pins, for: repository)
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
    if allowsFirstUse { pins.allowsFirstUse = true }
    return pins
  }

  /// What to do where the owner has made the repository anew; nil where what was seen here is not what refused it.
  func wayToBeginAnew(_ error: MetadataError) -> String? {
    guard error.role == .root, pins.pins.isEmpty, floors.floors[.root] != nil else { return nil }
    return "if its owner has made it anew, remove \(VisibleText(record)) to begin anew"
  }

  /// When the last timestamp came in.
  var keptSince: Timestamp? {
    let file = try? documents.file(.timestamp)
    return file.map { Timestamp(seconds: $0.status.modified / 1_000_000_000) }
  }

  /// Where the reading starts.
  var kept: KeptMetadata { KeptMetadata(documents, floors: floors) }
}
