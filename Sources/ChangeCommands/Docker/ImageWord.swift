internal import Engines
internal import TrustModel

/// An image as it is named on a command line.
enum ImageWord {
  /// By its id: what it is made of is fixed by that.
  case identifier(String)
  /// By a name.
  case reference(DockerReference)

  /// Reads it as docker does; podman has a word for docker's registries before it.
  ///
  /// - Throws: `NameError`.
  init(_ word: String, for kind: EngineKind) throws(NameError) {
    let text = kind == .podman && word.hasPrefix("docker://") ? String(word.dropFirst(9)) : word
    self = Self.isIdentifier(text) ? .identifier(text) : .reference(try DockerReference(text))
  }

  /// Whether a text is a whole id, with its algorithm or without.
  static func isIdentifier(_ text: String) -> Bool {
    text.utf8.count == ManifestDigest.digitCount && isHexadecimal(text) || (try? ManifestDigest(text)) != nil
  }

  /// Whether a text can be the beginning of an id as engines print it: twelve digits or more.
  static func isShortIdentifier(_ text: String) -> Bool {
    (12..<ManifestDigest.digitCount).contains(text.utf8.count) && isHexadecimal(text)
  }

  private static func isHexadecimal(_ text: String) -> Bool {
    text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
  }
}

extension DockerReference {
  /// The reference with the tag that docker takes where neither tag nor digest is named.
  var tagged: DockerReference {
    tag == nil && digest == nil ? DockerReference(repository, tag: .latest) : self
  }

  /// As docker shows it.
  var familiar: String { familiarName + (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "") }
}
