internal import OpenPGP
internal import Stores
internal import TrustModel

/// The key files that may hold the signers of an image, found and judged before the image itself is read.
struct SignerCandidates: Sendable {
  let signatures: [DetachedSignature]
  /// Files that hold a certificate and are not overridden.
  let holders: [LoadedKey]
  /// Every file worth naming in the verdict.
  let others: [LoadedKey]
  let rules: LayerRules
  let obstacles: [LayerListing.Obstacle]
  /// Every file of the signers, and the files that decide how those stand.
  private let keys: [LoadedKey]
  private let files: [KeyFile]
  private let bystanders: [LoadedKey]

  /// Finds and reads the files; nothing is judged.
  init(_ signatures: [DetachedSignature], name: ImageName?, in layers: KeyLayers) {
    let found = SignerSearch(layers: layers).run(signatures)
    self.init(
      signatures, keys: found.keys, files: found.listing?.files ?? found.keys.map(\.file),
      bystanders: found.bystanders(of: name).map { LoadedKey($0, from: layers) }, obstacles: found.obstacles)
  }

  private init(
    _ signatures: [DetachedSignature], keys: [LoadedKey], files: [KeyFile], bystanders: [LoadedKey],
    obstacles: [LayerListing.Obstacle]
  ) {
    let rules = LayerRules(files)
    (self.signatures, self.keys, self.files, self.bystanders) = (signatures, keys, files, bystanders)
    (self.rules, self.obstacles) = (rules, obstacles)
    others = keys + bystanders
    holders = keys.filter { key in
      if case .overridden = rules.standing(of: key.file) { return false }
      return key.certificate != nil
    }
  }

  /// The candidates as they would be if these files were so.
  func replacing(_ replacements: [KeyInventory.Replacement]) -> SignerCandidates {
    let places = Set(replacements.map(\.location))
    func stays(_ file: KeyFile) -> Bool { file.location.map { !places.contains($0) } ?? true }
    let planned = replacements.filter(\.exists).map {
      LoadedKey(planned: $0.location, certificate: $0.certificate)
    }
    return SignerCandidates(
      signatures, keys: keys.filter { stays($0.file) } + planned,
      files: files.filter(stays) + planned.map(\.file), bystanders: bystanders.filter { stays($0.file) },
      obstacles: obstacles)
  }

  /// The hashes that checking the signatures takes, with the image id.
  var digest: DataDigest { DataDigest(Set(signatures.map(\.hash)), imageID: true) }

  /// What the signatures come to; `content` answers for each by its place in the file.
  func evidence(
    _ judgements: KeyJudgements, at now: Timestamp, over content: (Int) -> SignedContent
  ) -> SignerEvidence {
    let checked = signatures.enumerated().map { index, signature in
      check(signature, judgements, content(index), at: now)
    }
    return SignerEvidence(signatures: checked, others: others, rules: rules, obstacles: obstacles)
  }

  private func check(
    _ signature: DetachedSignature, _ judgements: KeyJudgements, _ content: SignedContent, at now: Timestamp
  ) -> SignerEvidence.Signature {
    let files = holders.compactMap { key -> (key: LoadedKey, report: SignatureReport)? in
      guard let certificate = key.certificate,
        !SignatureCheck.candidates(for: signature, in: [certificate]).isEmpty
      else { return nil }
      var report = SignatureCheck.report(
        signature, by: certificate, judgement: judgements[key.file.location], over: content, at: now)
      report.userIDs = certificate.shownUserIDs(judgements[key.file.location])
      if report.status == .undetermined, let cause = judgements.failure(key.file.location) {
        report.detail = "\(cause)"
      }
      return (key, report)
    }
    // A revocation is a fact about the key, in whichever copy it stands.
    let worst = files.first { $0.report.status == .bad || $0.report.status == .keyRevoked }
    let best = worst ?? files.first { $0.report.status == .good } ?? files.first
    var known = files
    if let worst, worst.report.status == .keyRevoked {
      known = files.map { ($0.key, $0.report.status == .good ? worst.report : $0.report) }
    }
    return .init(
      report: best?.report ?? SignatureCheck.report(signature, by: nil, judgement: nil, over: content, at: now),
      files: known)
  }
}
