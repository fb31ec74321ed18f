internal import TrustModel

/// A path below the directory of a store: relative, and in the one spelling that it has.
///
/// No empty component, no `.` and `..`, no control or hidden character, and no name that Keyreeve gives to files in the
/// making. A value that exists leads nowhere else than below its directory. Source: reference/security.md, row B-02.
public struct StorePath: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The longest path, in octets: twice what the longest prefix of image names needs.
  public static let octetLimit = 2048
  /// The longest component, in octets, as in Linux.
  public static let componentLimit = 255
  /// What the names of files in the making begin with.
  public static let temporaryPrefix = ".keyreeve-"

  /// The components, at least one.
  public let components: [String]
  /// The path.
  public var description: String { components.joined(separator: "/") }
  /// The last component.
  public let name: String

  /// A path as it is written; nil for anything else.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.octetLimit, !VisibleText(text).hadHiddenCharacters else { return nil }
    // What was no UTF-8 was read as U+FFFD, and would not be found again.
    guard !text.unicodeScalars.contains("\u{fffd}") else { return nil }
    let components = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { octets in
      String(decoding: octets, as: UTF8.self)
    }
    guard components.allSatisfy(Self.isComponent), let name = components.last else { return nil }
    (self.components, self.name) = (components, name)
  }

  /// The path of something in the directory that this path leads to; nil where it would be none.
  func appending(_ name: String) -> StorePath? { StorePath(description + "/" + name) }

  private static func isComponent(_ text: String) -> Bool {
    !text.isEmpty && !text.utf8.elementsEqual(".".utf8) && !text.utf8.elementsEqual("..".utf8)
      && text.utf8.count <= componentLimit && !text.hasPrefix(temporaryPrefix)
  }

  /// The same for all paths that a file system without case or with normalized names would take for one.
  public var twinKey: String { description.lowercased() }

  /// The directories above, nearest first, without the store's own.
  public var parents: [String] {
    components.indices.dropFirst().reversed().map { components[..<$0].joined(separator: "/") }
  }

  /// Compares octets.
  public static func == (left: StorePath, right: StorePath) -> Bool {
    left.description.utf8.elementsEqual(right.description.utf8)
  }

  /// Orders by octets.
  public static func < (left: StorePath, right: StorePath) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }

  /// Feeds the octets.
  public func hash(into hasher: inout Hasher) {
    for octet in description.utf8 { hasher.combine(octet) }
  }
}
