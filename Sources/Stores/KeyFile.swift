public import TrustModel

/// One entry of a key directory, as its directory and its inode describe it: nothing has been read from it.
public struct KeyFile: Hashable, Sendable {
  /// What the entry is, by name and kind alone.
  public enum Nature: Hashable, Sendable {
    /// A regular file with octets in it, named by a fingerprint: holds a key if its contents do.
    case candidate
    /// An empty regular file named by a fingerprint, or a link to `/dev/null`.
    case empty
    /// Something else, for this reason: it vouches for nobody.
    case stray(String)
  }

  /// The layer it lies in.
  public let layer: Layer
  /// The scope of its directory.
  public let scope: Scope
  /// Its name.
  public let name: String
  /// The fingerprint in its name, or nil where the name is none.
  public let fingerprint: Fingerprint?
  /// What it is.
  public let nature: Nature
  /// What the file system says of it.
  public let status: FileStatus

  /// The file, absolute, without the sysroot.
  public var path: String { KeyLocation.directory(of: scope, in: layer) + "/" + name }

  /// The place, where the name is a fingerprint.
  public var location: KeyLocation? {
    fingerprint.map { KeyLocation(layer: layer, scope: scope, fingerprint: $0) }
  }

  /// Whether this is an administrator's empty file, which switches its fingerprint off.
  public var isMask: Bool { layer == .administrator && nature == .empty && fingerprint != nil }

  /// A file that does not exist yet: a regular one at a place, empty or not.
  public init(planned location: KeyLocation, isEmpty: Bool) {
    layer = location.layer
    scope = location.scope
    name = location.fingerprint.description
    fingerprint = location.fingerprint
    nature = isEmpty ? .empty : .candidate
    status = FileStatus(plannedSize: isEmpty ? 0 : 1)
  }

  /// An entry whose name is not UTF-8, so that nothing more can be asked of it by name.
  init(layer: Layer, scope: Scope, unreadableName name: String) {
    self.layer = layer
    self.scope = scope
    self.name = name
    fingerprint = nil
    nature = .stray("name is not UTF-8")
    status = FileStatus(plannedSize: 0)
  }

  init(layer: Layer, scope: Scope, name: String, status: FileStatus, linkTarget: String?) {
    self.layer = layer
    self.scope = scope
    self.name = name
    self.status = status
    fingerprint = Fingerprint(fileName: name)
    nature = Self.nature(named: fingerprint != nil, name, status, linkTarget)
  }

  private static func nature(
    named isFingerprint: Bool, _ name: String, _ status: FileStatus, _ linkTarget: String?
  ) -> Nature {
    switch status.kind {
    case .symbolicLink:
      isFingerprint && linkTarget == "/dev/null" ? .empty : .stray("symbolic link, which is not followed")
    case .directory: .stray("directory named as a key")
    case .other: .stray("neither a file nor a directory")
    case .regular:
      if isFingerprint {
        status.size == 0 ? .empty : .candidate
      } else if Fingerprint(fileName: name.lowercased()) != nil {
        .stray("name has upper-case letters: it must be the fingerprint in lower case")
      } else {
        .stray("name is not a fingerprint of 40 lower-case hexadecimal digits")
      }
    }
  }
}
