/// What a trusted-key file speaks for: every name (`root.d`) or the names under one prefix (`prefix.d/NAME`).
public enum Scope: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Every image name.
  case root
  /// The prefix itself and all names below it.
  case prefix(Prefix)

  /// Whether a key in this scope may vouch for `name`.
  public func covers(_ name: ImageName) -> Bool {
    switch self {
    case .root: true
    case .prefix(let prefix): prefix.covers(name)
    }
  }

  /// Whether every name of `other` lies in this scope.
  public func covers(_ other: Scope) -> Bool {
    switch (self, other) {
    case (.root, _): true
    case (.prefix, .root): false
    case (.prefix(let mine), .prefix(let theirs)): mine.covers(theirs)
    }
  }

  /// `root`, or the prefix: as in JSON.
  public var description: String {
    switch self {
    case .root: "root"
    case .prefix(let prefix): prefix.description
    }
  }

  /// Root first, then prefixes by octets.
  public static func < (left: Scope, right: Scope) -> Bool {
    switch (left, right) {
    case (.root, .root): false
    case (.root, .prefix): true
    case (.prefix, .root): false
    case (.prefix(let mine), .prefix(let theirs)): mine < theirs
    }
  }
}
