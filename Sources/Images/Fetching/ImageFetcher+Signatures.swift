internal import Fetch
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

extension ImageFetcher {
  /// The signature of an offer; nil where its server asks for patience until the image was fetched (202).
  ///
  /// Source: reference/rkt.md, section 4.2, step 3.
  func signature(of offer: ImageOffer) throws -> SignatureFile? {
    switch offer.signature {
    case .file(let path):
      do {
        return try SignatureFile(path: path, of: offer.wanted.shown)
      } catch {
        throw Ending(verdict(offer, error))
      }
    case .address: return try download(signatureOf: offer, mayBeDeferred: true)
    }
  }

  /// The signature that was not ready before the image was fetched.
  func deferredSignature(of offer: ImageOffer) throws -> SignatureFile? {
    try download(signatureOf: offer, mayBeDeferred: false)
  }

  private func download(signatureOf offer: ImageOffer, mayBeDeferred: Bool) throws -> SignatureFile? {
    guard case .address(let address, _, _) = offer.signature else { return nil }
    progress(.signature(address.description))
    var request = request(offer.signature, address, limits: .signature)
    request.limits.octets = UInt64(OpenPGPLimits.standard.signatureFileOctets)
    request.accepts = [200, 202]
    let answer: (head: FetchHead, body: [UInt8])
    do throws(FetchError) {
      answer = try fetcher.octets(request)
    } catch {
      throw Ending(unavailable(offer, .signature, at: address, error))
    }
    if answer.head.status == 202 {
      if mayBeDeferred { return nil }
      throw Ending(undetermined(offer, "its signature is still not ready at \(address)"))
    }
    do {
      return try SignatureFile(answer.body, source: address.description)
    } catch {
      throw Ending(verdict(offer, error))
    }
  }

  /// A request for a part of an offer.
  func request(_ location: ImageOffer.Location, _ address: Address, limits: FetchLimits) -> FetchRequest {
    var request = FetchRequest(address, limits: limits)
    request.allowsHTTP = options.allowsHTTP
    if case .address(_, let isDiscovered, let host) = location {
      (request.isDiscovered, request.trustedHost) = (isDiscovered, host)
    }
    return request
  }

  /// What of an offer is asked for.
  enum Part { case signature, image }

  /// What a failed request means for an offer.
  func unavailable(_ offer: ImageOffer, _ part: Part, at address: Address, _ error: FetchError) -> Attempt {
    switch error {
    // Another place would meet with the same.
    case .consumer, .cancelled, .configuration, .engine: return .ended(.refused(undetermined(offer, "\(error)")))
    default: break
    }
    guard error.isNotFound else { return .unavailable("\(error)", undetermined(offer, "\(error)")) }
    let isUnsigned = part == .signature && hasImage(offer)
    let message =
      isUnsigned
      ? "\(VisibleText(offer.wanted.shown)) is not signed: there is an image, and no signature at \(address); ask the"
        + " publisher for one"
      : "there is no image \(VisibleText(offer.wanted.shown)): nothing is at \(address)"
    return .unavailable(
      message, Verdict(subject: subject(offer), outcome: .refused(isUnsigned ? .unsigned : .notFound), message: message)
    )
  }

  /// Whether the server has the image itself: asked only where there is no signature, and nothing of it is taken.
  private func hasImage(_ offer: ImageOffer) -> Bool {
    struct Seen: Error {}
    guard case .address(let address, _, _) = offer.location else { return true }
    let request = request(offer.location, address, limits: .signature)
    do throws(FetchError) {
      try unsafe fetcher.fetch(request, onHead: { _ in throw Seen() }, onData: { _ in throw Seen() })
      return true
    } catch {
      // Too large for a signature, or stopped at its head: it is there.
      switch error {
      case .consumer, .tooLarge: return true
      default: return false
      }
    }
  }

  func undetermined(_ offer: ImageOffer, _ problem: String) -> Verdict {
    Verdict(
      subject: subject(offer), outcome: .undetermined,
      message: "\(VisibleText(offer.wanted.shown)) was not fetched: \(problem)")
  }

  private func verdict(_ offer: ImageOffer, _ failure: SignatureFile.Failure) -> Verdict {
    Verdict(subject: subject(offer), outcome: failure.outcome, message: failure.message)
  }

  func subject(_ offer: ImageOffer) -> Verdict.Subject {
    let reference = offer.wanted.reference
    return Verdict.Subject(name: reference?.name, labels: reference?.labels ?? Labels(), file: offer.wanted.shown)
  }
}

extension SignatureFile {
  /// `sha256-` and 64 digits of the file.
  var digest: String { Journal.digest(of: octets) }
}
