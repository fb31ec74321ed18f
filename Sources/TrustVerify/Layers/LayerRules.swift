public import Stores
public import TrustModel

/// How the files of both layers stand to each other: who overrides, who disables whom, for which names.
///
/// Pure: it knows file names, kinds and places, not contents. Source: CONTRACT, "What trusted for this name means",
/// rules 1 to 3.
public struct LayerRules: Sendable {
  /// What a file comes to by its name and place alone.
  public enum Standing: Sendable, Equatable {
    /// Counts, if its contents are a fit key.
    case counts
    /// An administrator's empty file: it switches its fingerprint off.
    case mask
    /// An administrator's file at the same path stands before it.
    case overridden(by: KeyFile)
    /// An administrator's empty file switches it off.
    case disabled(by: KeyFile)
    /// Not a key file, for this reason.
    case stray(String)
  }

  private let administrator: [Fingerprint: [KeyFile]]

  /// The rules for these files.
  public init(_ files: [KeyFile]) {
    var administrator: [Fingerprint: [KeyFile]] = [:]
    for file in files where file.layer == .administrator {
      if let fingerprint = file.fingerprint { administrator[fingerprint, default: []].append(file) }
    }
    self.administrator = administrator
  }

  /// What `file` comes to for images called `name`, whose scopes must include the file's own.
  public func standing(of file: KeyFile, for name: ImageName) -> Standing {
    standing(of: file) { $0.scope.covers(name) }
  }

  /// What `file` comes to for every name of its scope alike.
  ///
  /// A mask in a narrower scope leaves it standing: see `partialMasks`.
  public func standing(of file: KeyFile) -> Standing {
    standing(of: file) { $0.scope.covers(file.scope) }
  }

  /// The administrator's masks that switch `file` off for some names of its scope, but not for all.
  public func partialMasks(of file: KeyFile) -> [KeyFile] {
    guard file.layer == .distribution, let fingerprint = file.fingerprint else { return [] }
    return (administrator[fingerprint] ?? []).filter {
      $0.isMask && $0.scope != file.scope && file.scope.covers($0.scope)
    }
  }

  private func standing(of file: KeyFile, whereMask applies: (KeyFile) -> Bool) -> Standing {
    switch file.nature {
    case .stray(let problem): return .stray(problem)
    case .empty where file.layer == .administrator: return .mask
    case .empty, .candidate: break
    }
    guard file.layer == .distribution, let fingerprint = file.fingerprint else { return .counts }
    let overlays = administrator[fingerprint] ?? []
    if let same = overlays.first(where: { $0.scope == file.scope }) {
      return same.isMask ? .disabled(by: same) : .overridden(by: same)
    }
    if let mask = overlays.first(where: { $0.isMask && applies($0) }) { return .disabled(by: mask) }
    return file.nature == .empty ? .stray("empty file in the distribution layer") : .counts
  }
}
