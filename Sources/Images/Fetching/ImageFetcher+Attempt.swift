internal import Fetch
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

extension ImageFetcher {
  /// What became of one place that an image may be had from.
  enum Attempt {
    /// The image was had, or refused for a reason that no other place mends.
    case ended(FetchedImage)
    /// The place has no such image, or cannot be reached; another one may.
    case unavailable(String, Verdict)
  }

  /// A step that ended the attempt.
  struct Ending: Error {
    let attempt: Attempt

    init(_ verdict: Verdict) { attempt = .ended(.refused(verdict)) }
    init(_ attempt: Attempt) { self.attempt = attempt }
  }

  /// Fetches from the only place there is.
  func fetch(_ offer: ImageOffer, _ chain: inout DependencyChain) -> FetchedImage {
    switch attempt(offer, &chain) {
    case .ended(let image): image
    case .unavailable(_, let verdict): .refused(verdict)
    }
  }

  /// Fetches from one place.
  func attempt(_ offer: ImageOffer, _ chain: inout DependencyChain) -> Attempt {
    do {
      let image = try options.skipsVerification ? unverified(offer, &chain) : verified(offer, &chain)
      return .ended(image)
    } catch let ending as Ending {
      return ending.attempt
    } catch let error as ImageStoreError {
      let outcome: Verdict.Outcome = error.reason == .failed ? .undetermined : .refused(error.reason)
      return .ended(.refused(Verdict(subject: subject(offer), outcome: outcome, message: "\(error)")))
    } catch {
      return .ended(.refused(undetermined(offer, "\(error)")))
    }
  }

  private func verified(_ offer: ImageOffer, _ chain: inout DependencyChain) throws -> FetchedImage {
    try ImageDownload.lookForFile(of: offer, self)
    var signature = try signature(of: offer)
    if let signature, let known = try stored(offer, signature) { return known }
    var verification = signature.map { self.verification(of: offer, $0) }
    if let refusal = verification?.refusal(for: offer.wanted.reference?.name) {
      throw Ending(refusal)
    }
    guard let slot = try takeSlot(for: offer, &chain) else { throw Ending(undetermined(offer, "it was interrupted")) }
    defer { chain.leave(offer.key) }
    // Whoever held the slot before may have fetched this very image.
    if let signature, let known = try stored(offer, signature) { return known }
    var isResumable = true
    while true {
      var image = try slot.image()
      let download = ImageDownload(offer: offer, signatureDigest: signature?.digest, allowsResuming: isResumable)
      let arrival = try download.run(self, slot, &image, digest: verification?.digest)
      if signature == nil {
        signature = try deferredSignature(of: offer)
        verification = signature.map { self.verification(of: offer, $0) }
      }
      guard let signature, let verification else { throw Ending(undetermined(offer, "it came without a signature")) }
      progress(.judging)
      let result = try judge(&image, verification, arrival)
      if result.verdict.reason == .tampered, arrival.wasResumed {
        // The part that was there already may be the one at fault.
        try slot.clear()
        isResumable = false
        continue
      }
      let older = result.verdict.isAccepted ? try olderThanStored(offer, result, signature) : result.verdict
      guard older == nil else {
        try slot.clear()
        throw Ending(older ?? result.verdict)
      }
      // Where what it stands on cannot be had now, the image need not be downloaded again.
      let stored = try store(&image, result, signature, offer, arrival, &chain)
      try slot.clear()
      return stored
    }
  }

  private func verification(of offer: ImageOffer, _ signature: SignatureFile) -> ImageVerification {
    ImageVerification(offer.wanted, signatures: signature.signatures, by: verifier, at: now)
  }

  private func judge(
    _ image: inout StagedImage, _ verification: ImageVerification, _ arrival: ImageDownload.Arrival
  ) throws -> VerifiedImage {
    let file = try ImageFile(taking: image.reader())
    if let digest = arrival.digest { return verification.result(of: file, digest: digest) }
    var digest = verification.digest
    try unsafe file.forEachChunk { unsafe digest.update($0) }
    return verification.result(of: file, digest: digest)
  }

  private func unverified(_ offer: ImageOffer, _ chain: inout DependencyChain) throws -> FetchedImage {
    guard let slot = try takeSlot(for: offer, &chain) else { throw Ending(undetermined(offer, "it was interrupted")) }
    defer {
      try? slot.clear()
      chain.leave(offer.key)
    }
    var image = try slot.image()
    let download = ImageDownload(offer: offer, signatureDigest: nil, allowsResuming: false)
    let arrival = try download.run(self, slot, &image, digest: DataDigest([], imageID: true))
    progress(.judging)
    let result = verifier.unverified(
      offer.wanted, try ImageFile(taking: image.reader()), digest: arrival.digest)
    guard result.archive != nil else { throw Ending(result.verdict) }
    return try store(&image, result, nil, offer, arrival, &chain)
  }

  private func takeSlot(for offer: ImageOffer, _ chain: inout DependencyChain) throws -> StagingSlot? {
    // Waiting for what this very fetch holds would never end.
    guard chain.hold(offer.key) else {
      throw Ending(
        Verdict(
          subject: subject(offer), outcome: .refused(.malformed),
          message: "\(VisibleText(offer.wanted.shown)) stands on itself: \(VisibleText(offer.key))"))
    }
    return try writer.slot(for: offer.key) {
      progress(.waiting(offer.key))
      Pause.fifthOfASecond()
      return !cancellation.isCancelled
    }
  }
}
