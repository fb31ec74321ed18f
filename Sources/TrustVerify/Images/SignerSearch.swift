internal import OpenPGP
internal import Stores
internal import TrustModel

/// Finds the key files that may hold the key of a signature.
///
/// An issuer fingerprint is looked up by its path, a key id by directory entries. Only where neither leads to a file,
/// as for a signing subkey, are key files opened; other keys cost at most their directory entry.
struct SignerSearch {
  let layers: KeyLayers
  /// The name asked for; without it, every scope is searched.
  let name: ImageName?

  /// What was found for a signature file.
  struct Result {
    /// Every file of every fingerprint that may have signed, masks and overrides included.
    var files: [KeyFile] = []
    /// What could not be seen.
    var obstacles: [LayerListing.Obstacle] = []
    /// The whole listing, where it had to be read.
    var listing: LayerListing?

    /// The most files that a verdict names beside those of the signers.
    static let bystanderLimit = 64

    /// The signers' files and, where the layers were listed anyway, those whose keys could have signed for `name`.
    func bystanders(of name: ImageName?) -> [KeyFile] {
      guard let listing else { return files }
      let covering = listing.files.filter { file in name.map { file.scope.covers($0) } ?? true }
      return files + covering.prefix(Self.bystanderLimit)
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
      guard !result.files.contains(where: { Self.names($0, signature) }) else { continue }
      for fingerprint in primaryFingerprints(of: signature, listing: &result.listing)
      where searched.insert(fingerprint).inserted {
        look(up: fingerprint, into: &result)
      }
    }
    if let listing = result.listing { result.obstacles += listing.obstacles }
    return result
  }

  private static func names(_ file: KeyFile, _ signature: DetachedSignature) -> Bool {
    guard let fingerprint = file.fingerprint, file.nature == .candidate else { return false }
    return fingerprint == signature.issuerFingerprint || fingerprint.keyID == signature.issuerKeyID
  }

  private func look(up fingerprint: Fingerprint, into result: inout Result) {
    var found = name.map { layers.list(fingerprint, for: $0) } ?? layers.list(fingerprint)
    let rules = LayerRules(found.files)
    let counts = found.files.contains { file in
      guard let name else { return true }
      return file.nature == .candidate && rules.standing(of: file, for: name) == .counts
    }
    // Not trusted for the name: look where else the key lies, so that the refusal can say so.
    if !counts { found = layers.list(fingerprint) }
    result.files += found.files.filter { $0.fingerprint == fingerprint }
    result.obstacles += found.obstacles
  }

  /// Primary keys that the signature's issuer may belong to: by the key id in a file's name, or else by a subkey.
  private func primaryFingerprints(
    of signature: DetachedSignature, listing: inout LayerListing?
  ) -> [Fingerprint] {
    guard signature.issuerKeyID != nil || signature.issuerFingerprint != nil else { return [] }
    let all = listing ?? layers.list()
    listing = all
    let named = all.files.compactMap(\.fingerprint).filter { $0.keyID == signature.issuerKeyID }
    if !named.isEmpty { return named }
    return all.files.compactMap { file in
      guard file.nature == .candidate, let certificate = LoadedKey(file, from: layers).certificate else { return nil }
      let holdsIssuer = certificate.subkeys.contains {
        $0.fingerprint == signature.issuerFingerprint || $0.fingerprint.keyID == signature.issuerKeyID
      }
      return holdsIssuer ? certificate.fingerprint : nil
    }
  }
}
