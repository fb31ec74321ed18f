public import TrustModel

extension Dockerfile {
  /// The text with each image that is needed replaced by its repository's whole name and a digest, all else octet by octet.
  ///
  /// The text is read again: what it names then is what was put there, and nothing else.
  ///
  /// - Parameter digest: the digest of a reference; nil leaves it as it is written.
  /// - Throws: `BuildFileError` where a reference stands in quotes inside of an option.
  public func pinned(_ digest: (DockerReference) -> ManifestDigest?) throws(BuildFileError) -> [UInt8] {
    var text: [UInt8] = []
    var (position, expected) = (0, [ImageMention.Meaning]())
    for mention in mentions where mention.place != nil {
      guard mention.isNeeded, let range = mention.place?.range, let meaning = mention.pinned(digest) else {
        expected.append(mention.meaning)
        continue
      }
      guard mention.isReplaceable else {
        throw BuildFileError(line: mention.place?.line, "name the image without quotes and escapes", mention.written)
      }
      text += octets[position..<range.lowerBound] + Array(meaning.word.utf8)
      expected.append(meaning.meaning)
      position = range.upperBound
    }
    text += octets[position...]
    let again = try Dockerfile(text, settings).mentions.filter { $0.place != nil }
    guard again.map(\.meaning) == expected else {
      throw BuildFileError("with digests in it, it would name something else: write its references plainly")
    }
    return text
  }
}

extension ImageMention {
  /// What is to stand in its place, and what that means; nil where it stays as it is.
  ///
  /// A stage of a `FROM` is written out as well: no builder is left to find out what its variables make of it.
  fileprivate func pinned(_ digest: (DockerReference) -> ManifestDigest?) -> (word: String, meaning: Meaning)? {
    switch meaning {
    case .image(let reference):
      guard let digest = digest(reference) else { return nil }
      let pinned = reference.pinned(to: digest)
      return (pinned.description, .image(pinned))
    case .stage(_, let name?) where kind == .base && written != name: return (name, meaning)
    case .scratch where kind == .base && written != "scratch": return ("scratch", meaning)
    default: return nil
    }
  }
}
