internal import Archives
internal import Discovery
public import Fetch
internal import OpenPGP
public import TrustModel
internal import TrustVerify

/// Fetches images: finds them, establishes the signer, downloads, verifies, stores.
///
/// The order is the one that costs least and trusts least: the signature first; the image only if a key that is trusted
/// for the name is said to have signed it; the archive only once the signature holds; a place in the store only with
/// everything that the image stands on. Source: reference/rkt.md, section 4.2.
public struct ImageFetcher {
  /// What may differ between fetches.
  public struct Options: Sendable {
    /// Whether plain http is spoken where it is asked for.
    public var allowsHTTP = false
    /// Whether the image is taken without verification.
    public var skipsVerification = false
    /// The signature, where it is not at its usual place: a file or an address.
    public var signature: String?
    /// The machine's own labels, which an image must not contradict.
    public var machineLabels = Labels()

    /// The defaults: https, verified.
    public init() {}
  }

  let writer: ImageStoreWriter
  let fetcher: Fetcher
  let cancellation: Cancellation
  let options: Options
  let now: Timestamp
  let progress: (FetchProgress) -> Void

  /// The most images that one fetch brings, with all that they stand on.
  public static let countLimit = 64
  /// The longest chain of images that stand on each other.
  public static let depthLimit = 16

  /// A fetcher into the store of `writer`.
  public init(
    into writer: ImageStoreWriter, with fetcher: Fetcher, _ options: Options, cancellation: Cancellation = .init(),
    at now: Timestamp, progress: @escaping (FetchProgress) -> Void
  ) {
    (self.writer, self.fetcher, self.options) = (writer, fetcher, options)
    (self.cancellation, self.now, self.progress) = (cancellation, now, progress)
  }

  var images: StoredImages { writer.images }
  var verifier: ImageVerifier { images.verifier }

  /// Fetches an image and all that it stands on.
  public func fetch(_ source: ImageSource) -> FetchedImage {
    var chain = DependencyChain(countLimit: Self.countLimit, depthLimit: Self.depthLimit)
    return fetch(source, &chain)
  }

  func fetch(_ source: ImageSource, _ chain: inout DependencyChain) -> FetchedImage {
    switch source {
    case .name(let target): fetch(target, &chain)
    case .address(let address): fetch(address, &chain)
    case .file(let path):
      fetch(
        ImageOffer(
          wanted: WantedImage(shown: path), location: .file(path),
          signature: options.signature.map { .init(named: $0) } ?? .file(path + ".asc"),
          origin: .init(asked: path)), &chain)
    }
  }

  private func fetch(_ address: Address, _ chain: inout DependencyChain) -> FetchedImage {
    let wanted = WantedImage(shown: address.description)
    do throws(AddressError) {
      // The usual place is beside the image.
      let signature = try options.signature.map { ImageOffer.Location(named: $0) } ?? .address(address.signature)
      return fetch(
        ImageOffer(
          wanted: wanted, location: .address(address), signature: signature,
          origin: .init(asked: address.description)), &chain)
    } catch {
      return .refused(
        Verdict(
          subject: .init(file: address.description), outcome: .undetermined,
          message: "the signature of \(address) has no address: \(error)"))
    }
  }
}
