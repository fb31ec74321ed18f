public import TrustModel

/// What is to be discovered: an image's name with labels, and the port of its host where that is not the usual one.
///
/// Written `host[:port]/path[:version][,label=value…]`: digits between a colon and the first slash are a port. Names
/// themselves have none (reference/rkt.md, section 3); ports serve tests and sites on unusual ones.
public struct DiscoveryTarget: Hashable, Sendable, CustomStringConvertible {
  /// The name, without the port.
  public let name: ImageName
  /// The labels asked for.
  public let labels: Labels
  /// The port of the host; nil for the scheme's own.
  public let port: Int?

  /// A target.
  public init(name: ImageName, labels: Labels = Labels(), port: Int? = nil) {
    (self.name, self.labels, self.port) = (name, labels, port)
  }

  /// Reads what a person typed.
  ///
  /// - Throws: `NameError`, with the position in the text without the port.
  public init(_ text: String) throws(NameError) {
    let (rest, port) = try Self.withoutPort(text)
    let reference = try ImageReference(rest)
    self.init(name: reference.name, labels: reference.labels, port: port)
  }

  /// Takes the port out of `host:port/path`.
  private static func withoutPort(_ text: String) throws(NameError) -> (String, Int?) {
    guard let slash = text.firstIndex(of: "/"), let colon = text[..<slash].firstIndex(of: ":") else {
      return (text, nil)
    }
    let digits = text[text.index(after: colon)..<slash]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return (text, nil)
    }
    guard digits.utf8.count <= 5, let port = Int(digits), (1...65_535).contains(port) else {
      // Nobody means a version `0/x`.
      throw NameError(
        kind: "port", text: text, offset: text.utf8.distance(from: text.startIndex, to: digits.startIndex),
        rule: .outOfRange(1...65_535))
    }
    return (String(text[..<colon] + text[slash...]), port)
  }

  /// The host with its port, as an address has it.
  public var authority: String {
    (name.components.first.map(String.init) ?? "") + (port.map { ":\($0)" } ?? "")
  }

  /// The name with the port, without labels: what the looking command is told to look again.
  public var description: String {
    ([authority] + name.components.dropFirst().map(String.init)).joined(separator: "/")
  }

  /// Name and labels.
  public var reference: ImageReference { ImageReference(name: name, labels: labels) }
}
