internal import Discovery
internal import Fetch
internal import Images
internal import ReadCommands
internal import TrustModel
internal import TrustVerify

/// The fetching of an image on behalf of a command, with its progress on the terminal.
struct ImageFetching {
  let options: CommonOptions
  let allowsHTTP: Bool
  let signature: String?

  /// Fetches.
  ///
  /// - Throws: `CommandFailure` for a wish that cannot be met.
  func fetch(_ source: ImageSource, skippingVerification: Bool) throws -> FetchedImage {
    switch source {
    case .name where signature != nil:
      throw CommandFailure(
        .usage, "--signature is for addresses and files: a name's signature is found by discovery")
    case .address(let address) where address.scheme == .http && !allowsHTTP:
      throw CommandFailure(.usage, "\(address) is plain http: use https, or allow it with --insecure-allow-http")
    default: break
    }
    let line = ProgressLine(isVerbose: options.verbose)
    var wishes = ImageFetcher.Options()
    wishes.allowsHTTP = allowsHTTP
    wishes.skipsVerification = skippingVerification
    wishes.signature = signature
    wishes.machineLabels = MachineLabels.current
    let fetcher = ImageFetcher(
      into: ImageStoreWriter(options.images), with: Fetcher(try options.fetchSettings()), wishes, at: SystemClock.now
    ) { line.show($0) }
    defer { line.clear() }
    return fetcher.fetch(source)
  }
}
