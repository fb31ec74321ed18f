public import Stores
internal import StrictJSON
public import TrustModel

/// The store of container images, read: an OCI layout of all of them, and a record of each.
///
/// `oci/` below the state directory: `oci-layout`, `index.json` and `blobs/sha256/` as every OCI tool reads them, and `records/`.
public struct ContainerStore: Hashable, Sendable {
  /// The state directory that holds the store.
  public let state: StateDirectory

  /// The directory of the store below the state directory.
  public static let directoryName = "oci"
  /// The directory of records in it.
  public static let recordDirectory = "records"
  /// How the name of a record ends.
  public static let recordEnding = ".json"
  /// The largest record, in octets.
  public static let recordLimit = 1 << 20

  /// The store below a state directory.
  public init(_ state: StateDirectory) { self.state = state }

  /// The store's directory, absolute, without the sysroot.
  public var place: String { state.place + "/" + Self.directoryName }

  /// The blobs.
  public var blobs: BlobCollection { .folder(state.sysroot.located(place)) }

  /// Every record, by reference; what cannot be read is named in `problems`.
  public func records() throws(RegistryError) -> (records: [ContainerRecord], problems: [String]) {
    let folder = Self.directoryName + "/" + Self.recordDirectory
    let names: [String]
    do throws(StoreError) {
      names = try state.names(in: folder)
    } catch {
      throw RegistryError(.failed, "the store of container images cannot be read: \(error)")
    }
    var (records, problems): ([ContainerRecord], [String]) = ([], [])
    for name in names where name.hasSuffix(Self.recordEnding) && !name.hasPrefix(".") {
      do throws(StoreError) {
        let octets = try state.contents(of: folder + "/" + name, limit: Self.recordLimit)
        guard let record = ContainerRecord(octets: octets), record.fileName == name else {
          problems.append(
            "\(VisibleText(state.sysroot.located(place))): \(VisibleText(name)) is no record: remove that file")
          continue
        }
        records.append(record)
      } catch .missing {
        continue
      } catch {
        problems.append("\(error)")
      }
    }
    records.sort {
      ($0.reference.description, $0.platform.description) < ($1.reference.description, $1.platform.description)
    }
    return (records, problems)
  }

  /// The records that a text means: a reference, with or without `docker://`, or the beginning of a digest.
  public func find(_ text: String) throws(RegistryError) -> [ContainerRecord] {
    let records = try records().records
    if text.hasPrefix(ManifestDigest.prefix) {
      guard text.utf8.count >= ManifestDigest.prefix.utf8.count + 7 else { return [] }
      return records.filter { $0.digest.description.hasPrefix(text) || $0.signed.description.hasPrefix(text) }
    }
    guard let reference = try? DockerReference(Self.bare(text)) else { return [] }
    let whole =
      reference.tag == nil && reference.digest == nil
      ? DockerReference(reference.repository, tag: .latest) : reference
    return records.filter { $0.reference == whole }
  }

  /// A text without `docker://`.
  public static func bare(_ text: String) -> String {
    text.hasPrefix("docker://") ? String(text.dropFirst("docker://".count)) : text
  }

  /// Reads every octet of an image again.
  ///
  /// - Throws: `RegistryError` `tampered` where something is missing or no longer what its digest says.
  public func check(_ record: ContainerRecord) throws(RegistryError) {
    let image = try LocalImage(blobs, record.descriptor)
    try image.check()
    if record.signed != record.digest {
      let octets = try blobs.blob(record.signed).octets(limit: RegistryLimits.manifestOctets)
      guard try ContainerDocument.digest(of: octets) == record.signed else {
        throw RegistryError(.tampered, "the octets of \(record.signed) are not those of its digest")
      }
    }
  }

  /// Every blob of an image, its documents among them.
  public func digests(of record: ContainerRecord) throws(RegistryError) -> Set<ManifestDigest> {
    let image = try LocalImage(blobs, record.descriptor)
    return Set(image.blobs.map(\.digest)).union([record.digest, record.signed])
  }
}
