/// Why a verdict, or a command, ended as it did: a closed list, each with its exit status.
///
/// Source: CONTRACT, "Exit codes". `rawValue` is the word in JSON.
public enum Reason: String, Sendable, CaseIterable {
  /// Done; verified.
  case accepted
  /// Input, output, network or an engine failed: nothing can be said about trust.
  case failed
  /// Bad arguments or bad names.
  case usage
  /// The person said no, or there was nobody to ask.
  case declined
  /// An audit found something.
  case findings
  /// No signature, or a signature file without a well-formed detached signature.
  case unsigned
  /// No such image, tag, key or endpoint.
  case notFound = "not-found"
  /// Signed, but by no key that is trusted for this name.
  case untrusted
  /// The signing key is trusted nowhere but in a masked place.
  case disabled
  /// The signing key or the signature is expired, revoked, not yet valid, or too weak.
  case unfit
  /// A signature or a digest does not match the bytes.
  case tampered
  /// Metadata is expired, rolled back, or mixed from different states.
  case stale
  /// The image's own name or labels are not the ones asked for.
  case mismatch
  /// Well signed, but the archive or its manifest breaks the format.
  case malformed

  /// The exit status that a command ends with for this reason.
  public var exitStatus: Int32 {
    switch self {
    case .accepted: 0
    case .failed: 1
    case .usage: 2
    case .declined: 3
    case .findings: 4
    case .unsigned: 10
    case .notFound: 11
    case .untrusted: 12
    case .disabled: 13
    case .unfit: 14
    case .tampered: 15
    case .stale: 16
    case .mismatch: 17
    case .malformed: 18
    }
  }
}
