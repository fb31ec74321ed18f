import Fetch
import TestSupport
import TrustModel

/// A publisher with an https site of their own.
struct Publisher {
  let site: TestSite
  let signer: Signer

  init() throws {
    (site, signer) = (try TestSite(), try Signer.fit())
  }

  /// The address of a path of the site.
  func address(_ path: String) -> String { site.address(path) }

  /// Serves an image with its signature; returns its address.
  @discardableResult
  func publish(
    _ octets: [UInt8], at path: String = "/image.aci", signedBy signers: [Signer]? = nil,
    _ change: (inout SiteAnswer) -> Void = { _ in }
  ) throws -> String {
    var answer = SiteAnswer(.octets(octets))
    change(&answer)
    try site.answer(path, answer)
    try site.answer(path + ".asc", SiteAnswer(.octets(try Signer.file(over: octets, by: signers ?? [signer]))))
    return address(path)
  }

  /// A fetcher that trusts the site's authority.
  func fetcher(_ cancellation: Cancellation? = nil) throws -> Fetcher {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    return Fetcher(settings, cancellation: cancellation)
  }

  /// How often a path was asked for.
  func count(_ path: String) throws -> Int { try site.requests(path).count }
}
