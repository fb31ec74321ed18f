public import TestSupport
public import TrustModel

/// The keys of the example machine: the same ones, with the same fingerprints, in every run.
public enum ExampleKey: String, CaseIterable, Sendable {
  // In the layers, by scope.
  case archive, archive2019, corporate, release, nightly, harbour, tools, builds, site, widgets
  /// In the layers, but under the name of `site`.
  case toolbox
  // Trusted by nobody.
  case release2, quayside, builder, lapsed

  /// The certificate as the machine holds it; the administrator's copy of `corporate` has one more user id.
  public func certificate() throws -> MadeCertificate {
    guard let certificate = try ExampleCertificates.all.get()[self] else { preconditionFailure("every key is made") }
    return certificate
  }

  /// The fingerprint of the primary key.
  public func fingerprint() throws -> Fingerprint { try certificate().primary.fingerprint }

  /// The certificate in armor, as key files mostly are.
  public func armored() throws -> [UInt8] { MadeArmor.publicKey.wrap(try certificate().octets) }
}
