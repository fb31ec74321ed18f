internal import OpenPGP
internal import Stores
internal import TrustModel

/// All that is known of the signatures of an image before the image itself is opened as an archive.
struct SignerEvidence {
  /// A signature with every file that holds its key.
  struct Signature {
    /// The report on the signature, by the file that serves best.
    var report: SignatureReport
    /// Each file of the signer with what the signature comes to under the certificate in it.
    var files: [(key: LoadedKey, report: SignatureReport)]
  }

  var signatures: [Signature]
  /// Other files worth naming: masks, overridden copies, keys trusted for the name that did not sign.
  let others: [LoadedKey]
  /// How the files stand to each other.
  let rules: LayerRules
  /// What could not be seen of the layers.
  let obstacles: [LayerListing.Obstacle]

  /// The files that hold a key which made a good signature, with the signature each belongs to.
  var good: [Signature] { signatures.filter { $0.report.status == .good } }

  /// The places where the key of `signature` counts for `name`.
  func trusted(_ signature: Signature, for name: ImageName) -> [LoadedKey] {
    signature.files.filter {
      $0.report.status == .good && $0.key.file.scope.covers(name)
        && rules.standing(of: $0.key.file, for: name) == .counts
    }.map(\.key)
  }

  /// The places where the key of `signature` counts for any name at all.
  func trustedSomewhere(_ signature: Signature) -> [LoadedKey] {
    signature.files.filter {
      $0.report.status == .good && rules.standing(of: $0.key.file) == .counts
    }.map(\.key)
  }

  /// A file that is named by a signer's fingerprint and holds no usable key: an override that trusts nobody.
  var brokenFile: LoadedKey? {
    let claimed = Set(signatures.compactMap(\.report.claimedKeyID))
    return others.first { key in
      key.certificate == nil && key.problem != nil && key.file.fingerprint.map { claimed.contains($0.keyID) } == true
    }
  }

  /// The files of `signature` that an administrator's mask switches off, with the mask.
  func disabled(_ signature: Signature, for name: ImageName?) -> [(file: KeyFile, mask: KeyFile)] {
    signature.files.compactMap { entry in
      let file = entry.key.file
      if let name, !file.scope.covers(name) { return nil }
      let standing = name.map { rules.standing(of: file, for: $0) } ?? rules.standing(of: file)
      guard case .disabled(let mask) = standing else { return nil }
      return (file, mask)
    }
  }
}
