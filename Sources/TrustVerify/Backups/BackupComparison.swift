public import Stores

/// How a machine differs from a backup, file by file.
public struct BackupComparison: Sendable {
  /// One file that the backup, the machine or both hold.
  public struct Row: Sendable {
    /// Where it lies on this machine, or would.
    public let place: StorePlace
    /// What the backup holds; nil where it holds no such file.
    public let kept: [UInt8]?
    /// What the machine holds; nil where there is no such file.
    public let here: [UInt8]?
    /// Whether only the owner could read it, in the backup or here.
    public let isPrivate: Bool
    /// Why the machine's file cannot be read as one: a link, a directory, no permission.
    public let obstacle: StoreError?

    /// How the two stand to each other.
    public var difference: Difference {
      if obstacle != nil { return .obstructed }
      guard let kept else { return .onlyHere }
      guard let here else { return .onlyInBackup }
      return kept == here ? .same : .different
    }
  }

  /// How a file of the backup stands to the machine's.
  public enum Difference: String, Sendable, CaseIterable {
    /// The same octets.
    case same
    /// Other octets.
    case different
    /// The machine has no such file.
    case onlyInBackup = "only-in-backup"
    /// The backup has no such file.
    case onlyHere = "only-here"
    /// The machine's cannot be read.
    case obstructed
  }

  /// The files, by store and path.
  public let rows: [Row]

  /// Compares the stores of a backup with those of a machine, wherever the latter lie.
  ///
  /// - Throws: `BackupError` where a store cannot be listed.
  public init(
    _ archive: BackupArchive, with machine: MachineStores, stores: [Store] = Store.allCases
  ) throws(BackupError) {
    var rows: [Row] = []
    for store in stores {
      guard let directory = machine.directory(of: store) else { throw .noContentTrustDirectory }
      let listing: StoreListing
      do throws(StoreError) {
        listing = try machine.list(store)
      } catch {
        throw .store(error)
      }
      let masks = Set(listing.files.filter(\.isLinkedMask).map(\.place))
      var kept: Set<StorePlace> = []
      for (file, octets) in archive.files where file.store == store {
        guard let place = StorePlace(store, in: directory, file.path) else { continue }
        kept.insert(place)
        rows.append(Self.row(place, kept: octets, isPrivate: file.isPrivate, masks, machine.sysroot))
      }
      for file in listing.files where !kept.contains(file.place) {
        rows.append(Row(place: file.place, kept: nil, here: nil, isPrivate: false, obstacle: nil))
      }
    }
    self.rows = rows
  }

  private static func row(
    _ place: StorePlace, kept: [UInt8], isPrivate: Bool, _ masks: Set<StorePlace>, _ sysroot: Sysroot
  ) -> Row {
    // A link to /dev/null is a mask like an empty file: nothing needs to be written over it.
    if kept.isEmpty, masks.contains(place) {
      return Row(place: place, kept: kept, here: [], isPrivate: isPrivate, obstacle: nil)
    }
    do throws(StoreError) {
      let here = try place.contents(under: sysroot)
      let isPrivateHere = here.map { $0.status.mode & 0o077 == 0 } ?? false
      return Row(
        place: place, kept: kept, here: here?.contents, isPrivate: isPrivate || isPrivateHere, obstacle: nil)
    } catch {
      return Row(place: place, kept: kept, here: nil, isPrivate: isPrivate, obstacle: error)
    }
  }
}
