/// How much of each thing is read before a file is refused: the only place where the packet reader's limits are set.
///
/// The values leave room for every key and signature met in practice and keep what the engine is given small: its time
/// grows with the square of the number of user ids (reference/security.md, rows P-35, P-36 and P-41).
public struct OpenPGPLimits: Sendable, Equatable {
  /// Octets of a key file, armored or not.
  public var keyFileOctets = 512 * 1024
  /// Octets of a signature file, armored or not.
  public var signatureFileOctets = 1024 * 1024
  /// Octets of one signature packet, in either kind of file.
  public var signatureOctets = 64 * 1024
  /// Signatures in one signature file.
  public var detachedSignatures = 32
  /// Certificates in one file, where more than one is allowed.
  public var certificates = 64
  /// User ids of one certificate; attributes (pictures) count too.
  public var userIDs = 64
  /// Subkeys of one certificate.
  public var subkeys = 64
  /// Signatures in one certificate, third-party certifications included.
  public var signaturesPerCertificate = 1024
  /// Octets of one user id.
  public var userIDOctets = 4096
  /// Subpackets of one signature, both areas together.
  public var subpackets = 256

  /// Limits that differ from the standard ones in what is assigned afterwards.
  public init() {}

  /// The limits in force.
  public static let standard = OpenPGPLimits()
}
