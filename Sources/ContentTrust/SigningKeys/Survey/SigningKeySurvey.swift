internal import TrustModel
public import Stores

/// The signing keys of one folder of docker or notary: each file, the roles that it signs for, and what is wrong.
///
/// Nothing is moved, opened with a passphrase, or written. Source: reference/docker-content-trust.md, section 1.
public struct SigningKeySurvey: Sendable {
  /// The folder, absolute, without the sysroot.
  public let folder: String
  /// The files, in the order of their paths.
  public internal(set) var keys: [SigningKeyRecord] = []
  /// The keys that are named and not here.
  public internal(set) var missing: [MissingKey] = []
  /// What is wrong, or worth knowing.
  public internal(set) var findings: [SigningKeyFinding] = []

  /// Looks through a folder; empty where it is not there.
  ///
  /// - Throws: `StoreError` where it is there and cannot be looked into.
  public init(_ folder: TrustFolder, limits: KeyFolderLimits = KeyFolderLimits()) throws(StoreError) {
    self.folder = folder.path
    let listing = try folder.keyFiles(limits)
    let place = KeyPlace(folder)
    findings += KeyPlaceRules(place: place).findings(listing)
    read(listing, folder, limits)
    use(folder)
    let owner = listing.folders.first?.status.owner ?? 0
    findings += keys.flatMap { KeyFileRules(place: place, record: $0, folderOwner: owner).findings }
    findings += keys.flatMap { KeyContentRules(place: place, record: $0).findings }
    findings += KeyUseRules(place: place, keys: keys, missing: missing).findings
  }

  /// Reads each file, one after the other, so that only one key is in memory at a time.
  private mutating func read(_ listing: KeyFolderListing, _ folder: TrustFolder, _ limits: KeyFolderLimits) {
    var total: Int64 = 0
    for entry in listing.files {
      let name = SigningKeyName(entry.parts)
      // What is too large to be read by itself takes nothing from the others.
      let isRead = entry.status.kind == .regular && entry.status.size <= Int64(limits.file)
      total += isRead ? entry.status.size : 0
      let file = self.folder + "/" + entry.path
      let (contents, status, problem) =
        total > limits.total
        ? (nil, entry.status, "was not read: the files of the folder have more than \(limits.total) octets together")
        : Self.read(entry, folder, limits)
      if !name.hasEnding, contents == nil {
        findings.append(KeyPlaceRules.stray(file))
      } else {
        keys.append(
          SigningKeyRecord(file: file, name: name, status: status, contents: contents, problem: problem))
      }
    }
  }

  private static func read(
    _ entry: KeyFolderListing.Entry, _ folder: TrustFolder, _ limits: KeyFolderLimits
  ) -> (SigningKeyFile?, FileStatus, String?) {
    let file: SecretFile
    do throws(StoreError) {
      file = try folder.secret(at: entry.parts, limit: limits.file)
    } catch {
      return (nil, entry.status, error.problem)
    }
    do throws(SigningKeyFileError) {
      return (try SigningKeyFile(file.octets), file.status, nil)
    } catch {
      return (nil, file.status, "is no key that can be used: \(error)")
    }
  }

  /// Finds the roles that each key signs for, and the keys that are not here.
  private mutating func use(_ folder: TrustFolder) {
    var uses: [KeyUse] = []
    do throws(StoreError) {
      for repository in try folder.repositories() {
        let cached = CachedRoles(repository, in: folder)
        uses += cached.uses
        findings += cached.problems.map { KeyPlaceRules.cache($0.file, $0.problem, repository) }
      }
    } catch {
      findings.append(KeyPlaceRules.cache(error.path, error.problem, nil))
    }
    let byFile = Dictionary(grouping: uses, by: \.fileID)
    for index in keys.indices {
      keys[index].uses = keys[index].id.flatMap { byFile[$0] } ?? []
    }
    let here = Set(keys.compactMap(\.id))
    let own = Set(uses.filter { here.contains($0.fileID) }.map(\.repository))
    missing = uses.filter { !here.contains($0.fileID) }
      .map { MissingKey(use: $0, isOwnRepository: own.contains($0.repository)) }
  }
}
