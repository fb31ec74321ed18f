public import TrustModel

/// One place where a trusted-key file may lie: a layer, a scope and a fingerprint.
///
/// Built from valid values only, so that the path it gives can lead nowhere else.
public struct KeyLocation: Hashable, Sendable, Comparable {
  /// The layer.
  public let layer: Layer
  /// The scope.
  public let scope: Scope
  /// The fingerprint in the file's name.
  public let fingerprint: Fingerprint

  /// The place of `fingerprint` in a scope of a layer.
  public init(layer: Layer, scope: Scope, fingerprint: Fingerprint) {
    (self.layer, self.scope, self.fingerprint) = (layer, scope, fingerprint)
  }

  /// The place that an absolute path names, if it is one of the administrator layer.
  public init?(administratorFile path: String) {
    let layer = Layer.administrator
    guard let slash = path.lastIndex(of: "/"),
      let fingerprint = Fingerprint(fileName: path[path.index(after: slash)...])
    else { return nil }
    let directory = path[..<slash]
    let scope: Scope
    if directory == Self.directory(of: .root, in: layer) {
      scope = .root
    } else {
      let tree = layer.directory + "/prefix.d/"
      guard directory.hasPrefix(tree), let prefix = try? Prefix(String(directory.dropFirst(tree.count))) else {
        return nil
      }
      scope = .prefix(prefix)
    }
    self.init(layer: layer, scope: scope, fingerprint: fingerprint)
  }

  /// The directory, absolute, without the sysroot.
  public var directory: String { Self.directory(of: scope, in: layer) }

  /// The file, absolute, without the sysroot.
  public var file: String { directory + "/" + fingerprint.description }

  /// Whether a change at this place can change what comes of `file`, or of the count of keys in its scope.
  public func concerns(_ file: KeyFile) -> Bool {
    file.fingerprint == fingerprint || file.scope.covers(scope)
  }

  /// The directory of a scope in a layer, absolute, without the sysroot.
  public static func directory(of scope: Scope, in layer: Layer) -> String {
    switch scope {
    case .root: layer.directory + "/root.d"
    case .prefix(let prefix): layer.directory + "/prefix.d/" + prefix.description
    }
  }

  /// Root scope first, then prefixes; within a scope by fingerprint, the distribution's before the administrator's.
  public static func < (left: KeyLocation, right: KeyLocation) -> Bool {
    if left.scope != right.scope { return left.scope < right.scope }
    if left.fingerprint != right.fingerprint { return left.fingerprint < right.fingerprint }
    return left.layer == .distribution && right.layer == .administrator
  }
}
