public import ContentTrust
public import SignedMetadata
public import Stores
internal import TrustModel

/// Where the file of a signing key lies, in whichever layout docker or notary left it.
public struct SigningKeyPlace: Hashable, Sendable {
  /// The trust folder.
  public let folder: TrustFolder
  /// The path below it, by its parts: `private`, `ab….key`.
  public let parts: [String]
  /// The identifier that names the file.
  public let id: KeyID
  /// What the file system said of it.
  public let status: FileStatus
  /// What it says of the folder `private`.
  public let folderStatus: FileStatus

  /// The file, absolute, without the sysroot.
  public var file: String { folder.path + "/" + parts.joined(separator: "/") }
  /// The file as commands take it.
  var located: String { folder.sysroot.located(file) }
  /// What the place says of role and repository.
  public var name: SigningKeyName { SigningKeyName(parts) }

  /// The file of a key in the first folder that has one; nil where none has.
  ///
  /// Older layouts are looked through, too, and nothing is moved.
  ///
  /// - Throws: `KeyringError.store` or `unseen` where the key is not found, and not all was looked through: it may be there.
  public static func find(_ id: KeyID, in folders: [TrustFolder]) throws(KeyringError) -> SigningKeyPlace? {
    var doubt: KeyringError?
    for folder in folders {
      let listing = try listing(of: folder)
      if let place = places(listing, folder).first(where: { $0.id == id }) { return place }
      doubt = doubt ?? self.doubt(listing, folder)
    }
    if let doubt { throw doubt }
    return nil
  }

  /// The files of keys in a folder: today's layout first, then the older ones.
  ///
  /// - Throws: `KeyringError.store` or `unseen` where not all was looked through.
  public static func all(in folder: TrustFolder) throws(KeyringError) -> [SigningKeyPlace] {
    let listing = try listing(of: folder)
    if let doubt = doubt(listing, folder) { throw doubt }
    return places(listing, folder)
  }

  private static func listing(of folder: TrustFolder) throws(KeyringError) -> KeyFolderListing {
    do throws(StoreError) {
      return try folder.keyFiles()
    } catch {
      throw .store(error)
    }
  }

  private static func doubt(_ listing: KeyFolderListing, _ folder: TrustFolder) -> KeyringError? {
    if let obstacle = listing.obstacles.first { return .store(obstacle) }
    return listing.cut.map { .unseen(folder: folder.path + "/private", $0) }
  }

  private static func places(_ listing: KeyFolderListing, _ folder: TrustFolder) -> [SigningKeyPlace] {
    guard let top = listing.folders.first?.status else { return [] }
    let places = listing.files.compactMap { entry -> SigningKeyPlace? in
      let name = SigningKeyName(entry.parts)
      guard name.hasEnding, let id = name.id else { return nil }
      return SigningKeyPlace(folder: folder, parts: entry.parts, id: id, status: entry.status, folderStatus: top)
    }
    return places.filter { $0.parts.count == 2 } + places.filter { $0.parts.count > 2 }
  }

  /// Whether it is the same file, untouched.
  func isSame(as other: SigningKeyPlace) -> Bool { file == other.file && status == other.status }

  /// The contents, once the file is one that only its owner can have written and read.
  ///
  /// - Throws: `KeyringError`.
  func read() throws(KeyringError) -> SecretFile {
    if let error = obstacle { throw error }
    do throws(StoreError) {
      return try folder.secret(at: parts)
    } catch {
      throw .store(error)
    }
  }

  /// Source: reference/security.md, row S-03.
  private var obstacle: KeyringError? {
    switch status.kind {
    case .symbolicLink: return .store(.symbolicLink(file))
    case .regular: break
    case .directory, .other: return .store(.notRegular(file))
    }
    let folderPath = folder.path + "/private"
    if folderStatus.mode & 0o022 != 0 {
      return .permissions(
        file: file, "others can write into its folder, which has mode \(folderStatus.octalMode)",
        fix: ["chmod", "700", folder.sysroot.located(folderPath)])
    }
    if status.mode & 0o077 != 0 {
      return .permissions(file: file, "its mode is \(status.octalMode), not 0600", fix: ["chmod", "600", located])
    }
    if status.owner != folderStatus.owner {
      return .permissions(
        file: file, "it belongs to user \(status.owner), and its folder to user \(folderStatus.owner)",
        fix: ["chown", "\(folderStatus.owner)", located])
    }
    return nil
  }
}
