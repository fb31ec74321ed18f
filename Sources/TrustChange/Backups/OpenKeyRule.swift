internal import ContentTrust
internal import Stores
internal import TrustModel
internal import TrustVerify

/// A backup holds no private key that whoever reads it could use: each is encrypted.
enum OpenKeyRule {
  /// Refuses a backup with an open key; what is no key that can be read is not looked at.
  static func check(_ archive: BackupArchive) throws(ChangeError) {
    for (file, octets) in archive.files {
      guard let place = StorePlace(file.store, in: archive.manifest.directories[file.store] ?? "", file.path),
        place.isPrivateKey, isOpen(octets)
      else { continue }
      throw .unfit(
        "\(file.store.rawValue)/\(file.path) is a private key without a passphrase, and a backup holds none: make the backup by keyreeve "
          + "backup FILE, which asks for one, or give the key one by keyreeve content key passwd ID")
    }
  }

  private static func isOpen(_ octets: [UInt8]) -> Bool {
    guard var buffer = SecretBuffer(capacity: octets.count) else { return true }
    for octet in octets where !buffer.append(octet) { return true }
    return (try? SigningKeyFile(buffer))?.protection == KeyProtection.none
  }
}
