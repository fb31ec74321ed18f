/// The name of an image, such as `example.com/hello`: an appc identifier whose first component is a host.
public struct ImageName: Hashable, Sendable, CustomStringConvertible {
  /// The name, as it was given.
  public let description: String

  /// Reads a name.
  ///
  /// - Throws: `NameError` with the position of the first octet that breaks the grammar of appc identifiers.
  public init(_ text: String) throws(NameError) {
    try AppcIdentifier.check(text, kind: "image name")
    description = text
  }

  /// The path components, at least one.
  public var components: [Substring] { description.split(separator: "/") }

  /// Every scope whose keys may vouch for this name, widest first: root, then each prefix down to the name itself.
  public var scopes: [Scope] {
    var scopes: [Scope] = [.root]
    for (index, octet) in zip(description.utf8.indices, description.utf8) where octet == UInt8(ascii: "/") {
      scopes.append(.prefix(Prefix(leading: description[..<index])))
    }
    scopes.append(.prefix(Prefix(leading: description[...])))
    return scopes
  }
}
