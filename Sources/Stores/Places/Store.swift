internal import TrustModel

/// One of the places whose files a person would miss: what backups hold, and what a restore may write.
///
/// Source: CONTRACT, "Places".
public enum Store: String, Hashable, Sendable, CaseIterable {
  /// The administrator layer of trusted keys, masks included.
  case trustedKeys = "trusted-keys"
  /// The signing keys and the metadata of Docker Content Trust.
  case contentTrust = "content-trust"
  /// The administrator's own configuration of Keyreeve: pins and other drop-ins.
  case configuration
  /// The same as `contentTrust` in notary's own folder, where there is one.
  case notaryTrust = "notary-trust"

  /// The largest file of a store that is read or written, in octets: 16 MiB, what a strict reader of JSON takes.
  public static let fileLimit = 16 << 20

  /// The directory, absolute, without the sysroot; nil where it depends on the user.
  public var fixedDirectory: String? {
    switch self {
    case .trustedKeys: Layer.administrator.directory
    case .contentTrust, .notaryTrust: nil
    case .configuration: "/etc/keyreeve"
    }
  }

  /// Whether it is a folder of content trust, with signing keys and what is kept of repositories.
  public var isOfContentTrust: Bool { self == .contentTrust || self == .notaryTrust }
}
