internal import SignedMetadata
internal import Stores
internal import TrustModel

/// A PEM file of authorities that a pin names.
enum AuthorityFile {
  /// Octets of the file.
  static let limit = 1 << 20

  /// The demand that one of its authorities vouches for a root.
  ///
  /// - Throws: `PinError` where the file is not there, or holds anything but certificates: the pin must not be passed over.
  static func pin(_ path: String, on sysroot: Sysroot, named place: String) throws(PinError) -> RootPin {
    guard path.hasPrefix("/") else { throw PinError(place, "\(path) is not an absolute path") }
    let located = sysroot.located(path)
    let octets: [UInt8]?
    do {
      octets = try NamedFile.contents(of: path, under: sysroot, limit: limit)
    } catch {
      throw PinError(place, "\(located): \(error.problem)")
    }
    guard let octets else { throw PinError(place, "\(located) does not exist") }
    guard let authorities = KeyCertificate.authorities(octets), !authorities.isEmpty else {
      throw PinError(place, "\(located) is no PEM file of certificates alone")
    }
    return RootPin(.authorities(authorities, file: located), place: place)
  }
}
