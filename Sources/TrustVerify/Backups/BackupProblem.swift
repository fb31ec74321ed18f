internal import OpenPGP
public import Stores
internal import StrictJSON
internal import TrustModel

/// A file of a backup that is not what its name says: a restore brings it back as it is, but it will not do its work.
public struct BackupProblem: Sendable, Equatable {
  /// The store.
  public let store: Store
  /// The path below its directory.
  public let path: StorePath
  /// What is wrong, to stand after the path.
  public let problem: String

  /// Looks at every file of a backup; GnuPG is not asked, and no passphrase is needed.
  public static func all(in archive: BackupArchive) -> [BackupProblem] {
    archive.files.compactMap { file, octets in
      problem(file, octets, in: archive.manifest.directories[file.store] ?? "").map {
        BackupProblem(store: file.store, path: file.path, problem: $0)
      }
    }
  }

  private static func problem(_ file: BackupManifest.File, _ octets: [UInt8], in directory: String) -> String? {
    guard let place = StorePlace(file.store, in: directory, file.path) else { return "is no place of its store" }
    if let key = place.key { return octets.isEmpty ? nil : keyProblem(octets, key) }
    if place.isPrivateKey { return PrivateKeyText.problem(octets) }
    if place.isMetadata {
      return MetadataVersion.version(of: octets) == nil ? "is no signed metadata with a version" : nil
    }
    if place.isStagedChange { return (try? JSON.parse(octets)) == nil ? "is no JSON" : nil }
    return nil
  }

  private static func keyProblem(_ octets: [UInt8], _ place: KeyLocation) -> String? {
    do throws(CertificateError) {
      let found = try Certificate.read(octets).fingerprint
      return found == place.fingerprint ? nil : "holds the key \(found), not the one that its name says"
    } catch {
      return "is no key: \(error)"
    }
  }
}
