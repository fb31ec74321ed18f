internal import Glibc
public import TrustModel

/// The store of fetched images, read: one directory an image, named by its id.
///
/// Source: CONTRACT, "Places": `images/` below the state directory. In each: the image as it was delivered, its
/// signature file, and the record of where it came from and under which verdict. The record names the other two by their
/// generation, so that it alone has to change for all to change at once.
public struct ImageStore: Hashable, Sendable {
  /// The state directory that holds the store.
  public let state: StateDirectory

  /// The directory of the store below the state directory.
  public static let directoryName = "images"
  /// What is known of the image: a `keyreeve.image/1` document.
  public static let recordFile = "record.json"
  /// The largest record, in octets.
  public static let recordLimit = 1024 * 1024

  /// The store below a state directory.
  public init(_ state: StateDirectory) {
    self.state = state
  }

  /// The store's directory, absolute, without the sysroot.
  public var place: String { state.place + "/" + Self.directoryName }

  /// The directory of an image, absolute, without the sysroot.
  public func place(of id: ImageID) -> String { place + "/" + id.description }

  /// The ids of all images, in order; an absent store holds none.
  public func ids() throws(StoreError) -> [ImageID] {
    do {
      return try state.open(place).names().compactMap { ImageID($0) }
    } catch .missing {
      return []
    }
  }

  /// The record of an image.
  ///
  /// - Throws: `StoreError.missing` where there is no such image.
  public func record(of id: ImageID) throws(StoreError) -> [UInt8] {
    try directory(of: id).read(Self.recordFile, limit: Self.recordLimit).contents
  }

  /// The name of the image as it was delivered, compressed or not.
  public static func imageFile(_ generation: Int) -> String { "image-\(generation)" }

  /// The name of the detached signatures as they were delivered.
  public static func signatureFile(_ generation: Int) -> String { "signature-\(generation)" }

  /// The signature file of an image, at most `limit` octets.
  public func signature(of id: ImageID, generation: Int, limit: Int) throws(StoreError) -> [UInt8] {
    try directory(of: id).read(Self.signatureFile(generation), limit: limit).contents
  }

  /// Opens the image itself; the caller closes the descriptor.
  public func openImage(_ id: ImageID, generation: Int) throws(StoreError) -> CInt {
    try directory(of: id).openFile(Self.imageFile(generation))
  }

  private func directory(of id: ImageID) throws(StoreError) -> Directory {
    try state.open(place).openDirectory(id.description)
  }
}
