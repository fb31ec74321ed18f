internal import OpenPGP
internal import Stores
internal import TrustModel

/// Finds the key files that may hold the key of a signature.
///
/// An issuer fingerprint is looked up by its path, a key id by directory entries. Only where neither leads to the key,
/// as for a signing subkey, are other key files opened; else they cost at most their directory entry.
struct SignerSearch {
  let layers: KeyLayers

  /// What was found for a signature file.
  struct Result {
    /// Every file of every fingerprint that may have signed, masks and overrides included, in all scopes.
    var keys: [LoadedKey] = []
    /// What could not be seen.
    var obstacles: [LayerListing.Obstacle] = []
    /// The whole listing, where it had to be read.
    var listing: LayerListing?

    /// The most files that a verdict names beside those of the signers.
    static let bystanderLimit = 64

    /// Other files of the listing, if there is one, whose keys could have signed for `name`.
    func bystanders(of name: ImageName?) -> [KeyFile] {
      guard let listing else { return [] }
      return Array(
        listing.files.filter { file in name.map { file.scope.covers($0) } ?? true }.prefix(Self.bystanderLimit))
    }
  }

  /// The files that concern the signers of `signatures`.
  func run(_ signatures: [DetachedSignature]) -> Result {
    var result = Result()
    var searched: Set<Fingerprint> = []
    for signature in signatures {
      if let fingerprint = signature.issuerFingerprint, searched.insert(fingerprint).inserted {
        look(up: fingerprint, into: &result)
      }
      guard !result.keys.contains(where: { holdsSigner($0, of: signature) }) else { continue }
      for fingerprint in primaryFingerprints(of: signature, listing: &result.listing)
      where searched.insert(fingerprint).inserted {
        look(up: fingerprint, into: &result)
      }
    }
    if let listing = result.listing { result.obstacles += listing.obstacles }
    return result
  }

  private func look(up fingerprint: Fingerprint, into result: inout Result) {
    let found = layers.list(fingerprint)
    result.keys += found.files.filter { $0.fingerprint == fingerprint }.map { LoadedKey($0, from: layers) }
    result.obstacles += found.obstacles
  }

  private func holdsSigner(_ key: LoadedKey, of signature: DetachedSignature) -> Bool {
    key.certificate.map { !SignatureCheck.candidates(for: signature, in: [$0]).isEmpty } ?? false
  }

  /// Primary keys that the signature's issuer may belong to: by the key id in a file's name, or else by a subkey.
  private func primaryFingerprints(of signature: DetachedSignature, listing: inout LayerListing?) -> Set<Fingerprint> {
    guard signature.issuerKeyID != nil || signature.issuerFingerprint != nil else { return [] }
    let all = listing ?? layers.list()
    listing = all
    let candidates = all.files.filter { $0.nature == .candidate }
    let named = candidates.filter { $0.fingerprint?.keyID == signature.issuerKeyID }
    let holders = signers(of: signature, in: named)
    return holders.isEmpty ? signers(of: signature, in: candidates) : holders
  }

  private func signers(of signature: DetachedSignature, in files: [KeyFile]) -> Set<Fingerprint> {
    Set(
      files.compactMap { file in
        let key = LoadedKey(file, from: layers)
        return holdsSigner(key, of: signature) ? key.certificate?.fingerprint : nil
      })
  }
}
