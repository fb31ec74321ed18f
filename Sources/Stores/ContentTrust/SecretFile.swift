public import TrustModel

/// The contents of a file that nobody else may see, and what the file was when it was read.
public struct SecretFile: ~Copyable {
  /// The contents.
  public let octets: SecretBuffer
  /// What the file was.
  public let status: FileStatus

  init(octets: consuming SecretBuffer, status: FileStatus) {
    self.octets = octets
    self.status = status
  }
}
