internal import Fetch
internal import TrustVerify

/// An image that can be had somewhere, and where its signature is.
struct ImageOffer {
  /// Where something is.
  enum Location {
    /// At an address, which a person named, or else a page.
    case address(Address, isDiscovered: Bool = false, trustedHost: String? = nil)
    /// In a file.
    case file(String)

    /// What a person named: an address, or else a file.
    init(named text: String) {
      self = (try? Address(text)).map { .address($0) } ?? .file(text)
    }
  }

  let wanted: WantedImage
  let location: Location
  let signature: Location
  var origin: ImageRecord.Origin

  /// Whoever fetches the same image has the same key.
  var key: String {
    switch location {
    case .address(let address, _, _): address.description
    case .file(let path): path
    }
  }
}
