public import Stores
internal import TrustModel

/// Why the certificates that docker or notary keeps for a server are not used.
public enum CertificateError: Error, Hashable, CustomStringConvertible {
  /// A folder or file cannot be read.
  case store(StoreError)
  /// A client's certificate and its key are not both there: the folder or file, and what is missing.
  case incomplete(String, String)
  /// A folder has several client certificates.
  case several(String)
  /// A file is not as notary writes it: where it lies, and what is wrong.
  case malformed(String, String)

  /// One sentence.
  public var description: String {
    switch self {
    case .store(.symbolicLink(let path)):
      "\(VisibleText(path)) is a symbolic link, which is not followed: DOCKER_CONFIG=DIR names the real folder"
    case .store(let error): "\(error)"
    case .incomplete(let place, let problem): "\(VisibleText(place)): \(problem); add it, or take the other one away"
    case .several(let folder):
      "\(VisibleText(folder)) has several client certificates (*.cert): name one by client-certificate under [host …] in a "
        + "file /etc/keyreeve/*.conf"
    case .malformed(let file, let problem): "\(VisibleText(file)): \(problem); correct it, or move it away"
    }
  }
}
