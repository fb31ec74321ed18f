internal import DurableFiles
internal import Stores
public import TrustVerify

/// The writing half of the image store.
///
/// An image is put together in the staging area and gets its place in one rename, with its signatures and its record:
/// nothing half-done is ever seen under an id. Whoever changes what is under an id holds the store's lock.
public struct ImageStoreWriter: Sendable {
  /// The store, with what judges its images.
  public let images: StoredImages

  /// Where images are put together.
  static let stagingDirectory = "staging"
  /// Held by whoever changes what is under an id.
  static let lockFile = "lock"
  /// Directories of the staging area that are made and moved under the store's lock alone.
  static let madePrefix = "made-"
  static let removedPrefix = "removed-"
  /// Directories of the staging area that images are downloaded to.
  static let slotPrefix = "slot-"
  static let slotLockSuffix = ".lock"

  /// A writer for the store of `images`.
  public init(_ images: StoredImages) {
    self.images = images
  }

  var store: ImageStore { images.store }

  /// The store's directory, made where it is missing.
  func top() throws(WriteError) -> WritableDirectory {
    try WritableDirectory.make(store.place, below: store.state.sysroot.path)
  }

  /// Takes the slot for `key`, an address or another name of what is fetched.
  ///
  /// - Parameters:
  ///   - key: whoever fetches the same thing has the same key.
  ///   - wait: is called while another process holds the slot, and waits a moment; false gives up.
  /// - Returns: nil where waiting was given up.
  func slot(for key: String, wait: () -> Bool) throws(WriteError) -> StagingSlot? {
    let staging = try top().descend([Self.stagingDirectory])
    let name = Self.slotPrefix + Journal.digest(of: Array(key.utf8)).dropFirst(7)
    while true {
      if let lock = try staging.lockIfFree(name + Self.slotLockSuffix) {
        return StagingSlot(try staging.descend([name]), lock: lock)
      }
      guard wait() else { return nil }
    }
  }
}
