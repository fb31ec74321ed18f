internal import Archives
internal import Fetch
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

/// Brings an image into the staging area: each octet passes the digest once, on its way to the file.
struct ImageDownload {
  /// What came in.
  struct Arrival {
    /// The digest over all of it; nil where none could be computed on the way.
    var digest: DataDigest?
    /// Whether a part of it was there before.
    var wasResumed = false
    /// Where it came from, in the end.
    var address: Address?
    /// The redirects on the way.
    var redirects: [Address] = []
  }

  let offer: ImageOffer
  let signatureDigest: String?
  let allowsResuming: Bool

  /// Runs to the end of the image.
  func run(
    _ fetcher: ImageFetcher, _ slot: borrowing StagingSlot, _ image: inout StagedImage, digest: DataDigest?
  ) throws -> Arrival {
    switch offer.location {
    case .address(let address, _, _): try download(address, fetcher, slot, &image, digest)
    case .file(let path): try copy(path, fetcher, &image, digest)
    }
  }

  private func download(
    _ address: Address, _ fetcher: ImageFetcher, _ slot: borrowing StagingSlot, _ image: inout StagedImage,
    _ digest: DataDigest?
  ) throws -> Arrival {
    var arrival = Arrival(digest: digest)
    let limit = fetcher.verifier.limits.uncompressed
    var request = fetcher.request(offer.location, address, limits: .image(octets: limit))
    request.resume = resumePoint(address, slot, image.length)
    if request.resume == nil { try image.clear() }
    var total: UInt64?
    do throws(FetchError) {
      let head = try unsafe fetcher.fetcher.fetch(request) { head in
        total = head.length
        arrival.wasResumed = head.offset > 0
        try slot.note(
          .init(
            address: address.description, signatureDigest: signatureDigest, etag: head.etag,
            lastModified: head.lastModified))
        if head.offset > 0 { try Self.pass(image, &arrival.digest) } else { try image.clear() }
        fetcher.progress(.image(received: image.length, total: total))
      } onData: { piece in
        unsafe arrival.digest?.update(piece)
        try unsafe image.append(piece)
        fetcher.progress(.image(received: image.length, total: total))
      }
      (arrival.address, arrival.redirects) = (head.address, head.redirects)
    } catch {
      throw ImageFetcher.Ending(fetcher.unavailable(offer, .image, at: address, error))
    }
    return arrival
  }

  /// What is there of the image, if it is of the same one.
  private func resumePoint(_ address: Address, _ slot: borrowing StagingSlot, _ length: UInt64) -> ResumePoint? {
    guard allowsResuming, length > 0, let progress = slot.progress, progress.address == address.description,
      progress.signatureDigest == signatureDigest
    else { return nil }
    return ResumePoint(offset: length, etag: progress.etag, lastModified: progress.lastModified)
  }

  /// Lets the digest pass over what is there already.
  private static func pass(_ image: borrowing StagedImage, _ digest: inout DataDigest?) throws {
    guard var passing = digest else { return }
    try unsafe ImageFile(taking: image.reader()).forEachChunk { unsafe passing.update($0) }
    digest = passing
  }

  /// Refuses an offer whose file is not there, before anything else is said of it.
  static func lookForFile(of offer: ImageOffer, _ fetcher: ImageFetcher) throws {
    if case .file(let path) = offer.location { _ = try open(path, offer, fetcher) }
  }

  private static func open(_ path: String, _ offer: ImageOffer, _ fetcher: ImageFetcher) throws -> ImageFile {
    do throws(ImageFile.Failure) {
      return try ImageFile(path)
    } catch .missing {
      throw ImageFetcher.Ending(
        Verdict(
          subject: fetcher.subject(offer), outcome: .refused(.notFound),
          message: "there is no image file \(VisibleText(path))"))
    } catch {
      throw ImageFetcher.Ending(fetcher.undetermined(offer, "\(VisibleText(path)) \(error.problem)"))
    }
  }

  private func copy(
    _ path: String, _ fetcher: ImageFetcher, _ image: inout StagedImage, _ digest: DataDigest?
  ) throws -> Arrival {
    let file = try Self.open(path, offer, fetcher)
    try image.clear()
    var arrival = Arrival(digest: digest)
    var failure: (any Error)?
    let total = UInt64(max(0, file.size))
    try unsafe file.forEachChunk { piece in
      guard failure == nil, !fetcher.cancellation.isCancelled else { return }
      unsafe arrival.digest?.update(piece)
      do { try unsafe image.append(piece) } catch { failure = error }
      fetcher.progress(.image(received: image.length, total: total))
    }
    if let failure { throw failure }
    guard !fetcher.cancellation.isCancelled else {
      throw ImageFetcher.Ending(fetcher.undetermined(offer, "it was interrupted"))
    }
    guard !file.hasChanged else {
      throw ImageFetcher.Ending(fetcher.undetermined(offer, "\(VisibleText(path)) changed while it was read"))
    }
    return arrival
  }
}
