internal import Glibc
public import TrustModel

/// For which system an image is: `linux/arm64`, `linux/arm/v7`.
///
/// Source: OCI image specification, "image index", `platform`; the words are those of Go.
public struct ImagePlatform: Sendable, Hashable, CustomStringConvertible {
  /// `linux`.
  public let system: String
  /// `amd64`.
  public let architecture: String
  /// `v7`; nil where there is none.
  public let variant: String?

  /// The most octets of a written platform.
  public static let limit = 128

  /// A platform of these parts.
  public init(_ system: String, _ architecture: String, _ variant: String? = nil) {
    (self.system, self.architecture) = (system, architecture)
    self.variant = variant.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Reads `os/architecture[/variant]`.
  ///
  /// - Throws: `NameError` with the position.
  public init(_ text: String) throws(NameError) {
    func error(_ offset: Int, _ words: String) -> NameError {
      NameError(kind: "platform", text: text, offset: offset, rule: .form(words))
    }
    guard text.utf8.count <= Self.limit else { throw error(Self.limit, "it is longer than \(Self.limit) octets") }
    for (offset, octet) in text.utf8.enumerated() where !Self.isAllowed(octet) {
      throw error(offset, "a platform is os/architecture or os/architecture/variant, in small letters and digits")
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
      throw error(0, "a platform is os/architecture or os/architecture/variant, such as linux/arm64")
    }
    self.init(parts[0], parts[1], parts.count > 2 ? parts[2] : nil)
  }

  private static func isAllowed(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// That of this machine.
  public static var machine: ImagePlatform {
    var names = utsname()
    guard unsafe uname(&names) == 0 else { return ImagePlatform("linux", "amd64") }
    let word = unsafe withUnsafeBytes(of: &names.machine) {
      unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    return switch word {
    case "x86_64": ImagePlatform("linux", "amd64")
    case "aarch64": ImagePlatform("linux", "arm64")
    case "armv7l": ImagePlatform("linux", "arm", "v7")
    case "armv6l": ImagePlatform("linux", "arm", "v6")
    case "i686", "i586": ImagePlatform("linux", "386")
    default: ImagePlatform("linux", word)
    }
  }

  /// Whether it stands where there is none: for what is kept beside images.
  var isUnknown: Bool { system.utf8.elementsEqual("unknown".utf8) }

  /// The variant that an architecture has where none is named.
  private var effectiveVariant: String? {
    switch (architecture, variant) {
    case ("arm64", "v8"): nil
    case ("amd64", "v1"): nil
    case ("arm", nil): "v7"
    default: variant
    }
  }

  /// Whether an image for `other` is one for this: a variant counts only where it is named here, or has to.
  public func admits(_ other: ImagePlatform) -> Bool {
    guard system.utf8.elementsEqual(other.system.utf8), architecture.utf8.elementsEqual(other.architecture.utf8)
    else { return false }
    guard variant != nil else { return true }
    return effectiveVariant == other.effectiveVariant
  }

  /// Whether it is exactly the same, usual variants aside.
  func isSame(as other: ImagePlatform) -> Bool {
    admits(other) && effectiveVariant == other.effectiveVariant
  }

  /// The written form.
  public var description: String { "\(system)/\(architecture)" + (variant.map { "/\($0)" } ?? "") }
}
