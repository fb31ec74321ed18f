import TrustModel

/// The rules of the appc types that manifests are made of.
///
/// Source: appc specification, "types"; reference/rkt.md 5.2.
enum ManifestRules {
  /// Operating systems and, for each, the architectures that may stand beside it.
  static let architectures: [String: [String]] = [
    "linux": [
      "amd64", "i386", "aarch64", "aarch64_be", "armv6l", "armv7l", "armv7b", "ppc64", "ppc64le", "s390x",
    ],
    "freebsd": ["amd64", "i386", "arm"],
    "darwin": ["x86_64", "i386"],
  ]

  /// Refuses an operating system or architecture outside the table; an architecture alone says nothing.
  static func checkPlatform(_ labels: Labels, in object: ManifestObject) throws(ArchiveError) {
    guard let system = labels["os"] else { return }
    guard let allowed = architectures[system] else {
      throw object.malformed("the label os '\(VisibleText(system))' is none of \(architectures.keys.sorted())")
    }
    guard let architecture = labels["arch"], !allowed.contains(architecture) else { return }
    throw object.malformed("the label arch '\(VisibleText(architecture))' does not go with \(system) (\(allowed))")
  }

  /// Refuses what is no appc identifier.
  static func checkIdentifier(_ text: String, _ kind: String, in object: ManifestObject) throws(ArchiveError) {
    do {
      _ = try ImageName(text)
    } catch {
      throw object.malformed("\(NameError(kind: kind, text: text, offset: error.offset, rule: error.rule))")
    }
  }

  /// Refuses what is no appc name: an identifier with no separator but `-`.
  static func checkName(_ text: String, in object: ManifestObject) throws(ArchiveError) {
    try checkIdentifier(text, "name", in: object)
    guard !text.utf8.contains(where: { "._~/".utf8.contains($0) }) else {
      throw object.malformed("the name '\(VisibleText(text))' may hold no separator but '-'")
    }
  }

  /// A version of three numbers, with what semantic versioning allows behind them, and not 0.0.0.
  static func isSemanticVersion(_ text: String) -> Bool {
    guard text.utf8.count <= 255 else { return false }
    let withBuild = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    let withPrerelease = withBuild[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = withPrerelease[0].split(separator: ".", omittingEmptySubsequences: false)
    func isNumber(_ part: Substring) -> Bool {
      (1...9).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        && (part.utf8.count == 1 || part.utf8.first != 0x30)
    }
    let tails = withBuild.dropFirst() + withPrerelease.dropFirst()
    return numbers.count == 3 && numbers.allSatisfy(isNumber) && tails.allSatisfy(isDotted)
      && !(numbers.allSatisfy { $0 == "0" } && tails.isEmpty)
  }

  /// Whether text is made of dot-separated parts of ASCII letters, digits and hyphens, none empty.
  private static func isDotted(_ text: Substring) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }
  }

  /// `sha512-` and 128 lower-case hexadecimal digits.
  static func isImageID(_ text: String) -> Bool {
    let prefix = "sha512-"
    return text.utf8.count == prefix.utf8.count + 128 && text.hasPrefix(prefix)
      && text.utf8.dropFirst(prefix.utf8.count).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// An absolute address with the scheme http or https and a host, without spaces and control characters.
  static func isWebAddress(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":"), ["http", "https"].contains(text[..<colon].lowercased()) else {
      return false
    }
    let rest = text[text.index(after: colon)...]
    guard rest.hasPrefix("//"), let first = rest.dropFirst(2).first, !"/?#".contains(first) else { return false }
    return text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
  }

  /// A letter or underscore, then letters, digits, underscores, periods and hyphens.
  static func isVariableName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "_.-".utf8.contains($0) }
  }

  private static func isLetter(_ octet: UInt8) -> Bool { (0x61...0x7a).contains(octet | 0x20) }
}
