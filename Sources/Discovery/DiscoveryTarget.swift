public import TrustModel

/// What is to be discovered: an image's name with labels, and the port of its host where that is not the usual one.
///
/// Written `host[:port]/path[:version][,label=value…]`: digits between a colon and the first slash are a port. Names
/// themselves have none (reference/rkt.md, section 3); ports serve tests and sites on unusual ones.
public struct DiscoveryTarget: Hashable, Sendable {
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
    let (rest, port) = Self.withoutPort(text)
    let reference = try ImageReference(rest)
    self.init(name: reference.name, labels: reference.labels, port: port)
  }

  /// Takes the port out of `host:port/path`.
  private static func withoutPort(_ text: String) -> (String, Int?) {
    guard let slash = text.firstIndex(of: "/"), let colon = text[..<slash].firstIndex(of: ":") else {
      return (text, nil)
    }
    let digits = text[text.index(after: colon)..<slash]
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), digits.utf8.count <= 5,
      let port = Int(digits), (1...65_535).contains(port)
    else { return (text, nil) }
    return (String(text[..<colon] + text[slash...]), port)
  }

  /// The host with its port, as an address has it.
  public var authority: String {
    (name.components.first.map(String.init) ?? "") + (port.map { ":\($0)" } ?? "")
  }

  /// Name and labels.
  public var reference: ImageReference { ImageReference(name: name, labels: labels) }
}
