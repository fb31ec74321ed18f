internal import SignedMetadata
public import Stores
public import TrustModel

/// Repositories that were frozen into a folder: their metadata as it was verified, and the lock file over it.
///
/// They are judged as of the moment of the freeze, from the root that the lock file names: offline, and for ever. Everything must be as
/// it was, whatever is asked.
public struct Freeze: Sendable {
  /// The folder.
  public let folder: RepositoryFolder
  /// What the lock file says.
  public let lock: FreezeLock
  /// SHA-256 of the lock file in hexadecimal digits: who has noted it elsewhere needs to trust nothing in the folder.
  public let digest: String

  /// Opens a freeze.
  ///
  /// - Throws: `FreezeError`.
  public init(_ folder: RepositoryFolder) throws(FreezeError) {
    let octets: [UInt8]?
    do throws(StoreError) {
      octets = try folder.contents(of: FreezeLock.fileName, limit: FreezeLock.octetLimit)
    } catch {
      throw .unreadable("\(error)")
    }
    guard let octets else { throw .none(folder.place) }
    guard let lock = FreezeLock(octets) else {
      throw .altered("\(folder.place)/\(FreezeLock.fileName) is no lock file")
    }
    (self.folder, self.lock, digest) = (folder, lock, Digest.text(octets))
  }

  /// Reads a repository as it was.
  ///
  /// - Parameter pins: what this machine demands of its root besides.
  /// - Throws: `FreezeError`.
  public func read(_ repository: Repository, pins: TrustPins = TrustPins()) throws(FreezeError) -> RepositoryReading {
    guard let frozen = lock.repositories.first(where: { $0.repository == repository }) else {
      throw .unknown(repository, folder.place)
    }
    let documents = try documents(frozen)
    guard let root = documents["\(frozen.firstRoot).root.json"] else {
      throw .altered(
        "version \(frozen.firstRoot) of the root of \(repository), with which it begins, is not among the files")
    }
    var pins = pins
    pins.startingRoot = (root, folder.place + "/" + FreezeLock.fileName)
    let reader = RepositoryReader(repository, from: KeptMetadata { _ in nil }, pins: pins, at: frozen.judged) {
      request in
      guard let octets = documents[request.address] else { return .absent }
      return octets.count <= request.limit ? .octets(octets) : .longer(than: request.limit)
    }
    var reading: RepositoryReading
    do throws(MetadataError) {
      reading = try reader.read()
    } catch {
      throw .metadata(error, repository)
    }
    guard FrozenRepository.tags(reading) == frozen.tags else {
      throw .altered("the tags of \(repository) in the lock file are not those that are signed")
    }
    if case .pinned = reading.grounds { reading.grounds = .frozen(folder.place + "/" + FreezeLock.fileName) }
    reading.frozen = frozen.judged
    return reading
  }

  /// The files of a repository by their addresses, each with the octets that it had.
  private func documents(_ frozen: FrozenRepository) throws(FreezeError) -> [String: [UInt8]] {
    var documents: [String: [UInt8]] = [:]
    for file in frozen.files {
      let request = MetadataRequest.frozen(file.address, limit: Int(clamping: file.length))
      switch folder.answer(request, of: frozen.repository) {
      case .octets(let octets):
        guard Int64(octets.count) == file.length, Digest.text(octets) == file.sha256 else {
          throw .altered("\(file.address) of \(frozen.repository) is not what was frozen")
        }
        documents[file.address] = octets
      case .absent: throw .altered("\(file.address) of \(frozen.repository) is gone")
      case .longer: throw .altered("\(file.address) of \(frozen.repository) is longer than what was frozen")
      case .unreachable(let cause): throw .unreadable(cause)
      }
    }
    return documents
  }
}
