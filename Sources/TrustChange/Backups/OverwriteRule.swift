internal import OpenPGP
internal import Stores
internal import TrustVerify

/// Which files of a machine are not overwritten by a backup's without being asked for, and why.
///
/// Source: reference/security.md, row B-03.
struct OverwriteRule {
  let place: StorePlace
  /// What the machine holds.
  let here: [UInt8]
  /// What the backup holds, which is something else.
  let kept: [UInt8]

  /// What would be lost, to stand after the file's name; nil where the file may be replaced.
  var loss: String? {
    if place.isPrivateKey { return "a private key with other contents is here" }
    if place.isMetadata { return metadataLoss }
    guard place.key != nil, !kept.isEmpty else { return nil }
    if here.isEmpty { return "the key is switched off here, and would count again" }
    guard let losses = difference?.losses, !losses.isEmpty else { return nil }
    return "the copy here has what the backup's lacks: \(losses.joined(separator: ", "))"
  }

  /// How the backup's copy of a key differs from the machine's, by what both say of themselves; nil where one of the two
  /// is no key.
  var difference: KeyDifference? {
    guard place.key != nil, let mine = try? Certificate.read(here), let theirs = try? Certificate.read(kept),
      mine.fingerprint == theirs.fingerprint
    else { return nil }
    return KeyDifference(from: mine, nil, to: theirs, nil)
  }

  private var metadataLoss: String? {
    guard let version = MetadataVersion.version(of: here), version == MetadataVersion.version(of: kept) else {
      return nil
    }
    return "another version \(version) is here, and one of the two is not its owner's"
  }
}
