public import OpenPGP
public import Stores
internal import TrustModel

/// A key file with what was read from it.
public struct LoadedKey: Sendable {
  /// The file.
  public let file: KeyFile
  /// The certificate, where the file holds exactly one that its name fits.
  public let certificate: Certificate?
  /// Why there is none.
  public let problem: String?
  /// The kind of problem, where it has a finding of its own.
  let fault: Fault?

  /// Kinds of problems with a key file.
  enum Fault {
    /// Its name is that of another key.
    case name
    /// It holds more than one certificate.
    case several
    /// This user may not read it.
    case unreadable
  }

  /// Reads a file of the layers; the problem is kept, not thrown, since one bad file must not stop the others.
  public init(_ file: KeyFile, from layers: KeyLayers) {
    self.file = file
    switch file.nature {
    case .stray(let problem): (certificate, problem: self.problem, fault) = (nil, problem, nil)
    case .empty:
      (certificate, fault) = (nil, nil)
      problem = file.layer == .administrator ? nil : "empty file in the distribution layer"
    case .candidate:
      do {
        let certificate = try Self.certificate(in: try layers.contents(of: file))
        let isNamed = certificate.fingerprint == file.fingerprint
        self.certificate = isNamed ? certificate : nil
        problem = isNamed ? nil : "name does not match: the key in it has fingerprint \(certificate.fingerprint)"
        fault = isNamed ? nil : .name
      } catch let error as CertificateError {
        (certificate, problem) = (nil, "\(error)")
        if case .severalCertificates = error { fault = .several } else { fault = nil }
      } catch let error as StoreError {
        (certificate, problem) = (nil, error.problem)
        if case .permission = error { fault = .unreadable } else { fault = nil }
      } catch {
        (certificate, problem, fault) = (nil, "\(error)", nil)
      }
    }
  }

  /// A file that does not exist yet, holding `certificate`, or empty where it is nil.
  init(planned location: KeyLocation, certificate: Certificate?) {
    file = KeyFile(planned: location, isEmpty: certificate == nil)
    self.certificate = certificate
    (problem, fault) = (nil, nil)
  }

  private static func certificate(in contents: [UInt8]) throws(CertificateError) -> Certificate {
    try Certificate.read(contents)
  }
}
