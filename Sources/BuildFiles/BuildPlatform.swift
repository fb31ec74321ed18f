public import TrustModel

/// A platform as docker writes it: `linux/arm64`, `linux/arm/v7`.
public struct BuildPlatform: Sendable, Hashable, CustomStringConvertible {
  /// The operating system.
  public let system: String
  /// The processor's architecture.
  public let architecture: String
  /// Its variant, if one is named.
  public let variant: String?

  /// Reads a platform in full.
  ///
  /// - Throws: `NameError`.
  public init(_ text: String) throws(NameError) {
    var offset = 0
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    for part in parts {
      guard !part.isEmpty else { throw NameError(kind: "platform", text: text, offset: offset, rule: .emptyPart) }
      for octet in part.utf8 {
        guard Self.isAllowed(octet) else {
          throw NameError(kind: "platform", text: text, offset: offset, rule: .character(octet))
        }
        offset += 1
      }
      offset += 1
    }
    guard (2...3).contains(parts.count) else {
      let rule = NameError.Rule.form("a platform is system/architecture or system/architecture/variant")
      throw NameError(kind: "platform", text: text, offset: 0, rule: rule)
    }
    self.init(parts[0].lowercased(), parts[1].lowercased(), parts.count == 3 ? parts[2].lowercased() : nil)
  }

  private init(_ system: String, _ architecture: String, _ variant: String?) {
    let names = ["x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64", "armhf": "arm"]
    let known = names[architecture] ?? architecture
    (self.system, self.architecture) = (system, known)
    // Names that docker takes for the same.
    self.variant = known == "arm64" && variant == "v8" || known == "amd64" && variant == "v1" ? nil : variant
  }

  /// This machine's.
  public static var machine: BuildPlatform {
    #if arch(x86_64)
      BuildPlatform("linux", "amd64", nil)
    #elseif arch(arm64)
      BuildPlatform("linux", "arm64", nil)
    #elseif arch(arm)
      BuildPlatform("linux", "arm", "v7")
    #else
      BuildPlatform("linux", "unknown", nil)
    #endif
  }

  private static func isAllowed(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// The written form.
  public var description: String { "\(system)/\(architecture)" + (variant.map { "/\($0)" } ?? "") }

  /// The variables that every Dockerfile has for it: `TARGETPLATFORM` and so on, by what stands before.
  func variables(_ beginning: String) -> [(String, String)] {
    [
      ("PLATFORM", description), ("OS", system), ("OSVERSION", ""), ("ARCH", architecture), ("VARIANT", variant ?? ""),
    ].map { (beginning + $0.0, $0.1) }
  }
}
