public import Stores
internal import StrictJSON
internal import TrustModel

/// Notary's own `~/.notary/config.json`, read once: what it says of trust, and of its server and folder.
///
/// Source: reference/docker-content-trust.md, sections 1, 3 and 4.
public struct NotaryConfiguration: Sendable {
  /// What it pins.
  public let pins: NotaryPins
  private let home: String
  private let folder: ForeignFolder
  private let document: JSON?

  /// Octets of the file.
  public static let limit = 1 << 20
  static let file = "config.json"

  /// Reads the file of the user whose `HOME` the environment says; nothing is said where there is none.
  ///
  /// - Throws: `PinError` where it cannot be read: its pins must not be passed over.
  public init(sysroot: Sysroot, environment: (String) -> String?) throws(PinError) {
    let named = environment("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    home = named ?? "/"
    folder = ForeignFolder(sysroot: sysroot, path: home + "/.notary")
    document = named == nil ? nil : try Self.document(folder)
    let place = folder.located(Self.file)
    pins = NotaryPins(
      try document.map { (document) throws(PinError) in try Self.pinning(document, place) } ?? nil,
      sysroot: sysroot, place: place)
  }

  /// How its server is reached; nil where there is no file.
  ///
  /// - Throws: `CertificateError` where what it says of the server is not as notary reads it.
  public func client() throws(CertificateError) -> NotaryClientConfiguration? {
    try document.map { (document) throws(CertificateError) in
      try NotaryClientConfiguration(document, home: home, in: folder)
    }
  }

  private static func document(_ folder: ForeignFolder) throws(PinError) -> JSON? {
    let place = folder.located(file)
    let octets: [UInt8]?
    do {
      octets = try folder.contents(of: file, limit: limit)
    } catch {
      throw PinError(place, error.problem)
    }
    guard let octets else { return nil }
    let document: JSON
    do {
      document = try JSON.parse(octets, limits: JSONLimits(octets: limit, numbers: .anyNumber))
    } catch {
      throw PinError(place, "cannot be read: \(error)")
    }
    guard document.members != nil else { throw PinError(place, "is no JSON object") }
    return document
  }

  private static func pinning(_ document: JSON, _ place: String) throws(PinError) -> JSON? {
    guard let pinning = document["trust_pinning"], pinning != .null else { return nil }
    guard pinning.members != nil else { throw PinError(place, "trust_pinning is no object") }
    return pinning
  }
}
