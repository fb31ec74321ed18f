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
    var (position, expected) = (0, [DockerReference?]())
    for mention in mentions where mention.place != nil {
      guard mention.isNeeded, let reference = mention.reference, let digest = digest(reference),
        let range = mention.place?.range
      else {
        expected.append(mention.reference)
        continue
      }
      guard mention.isReplaceable else {
        throw BuildFileError(line: mention.place?.line, "name the image without quotes and escapes", mention.written)
      }
      let pinned = reference.pinned(to: digest)
      text += octets[position..<range.lowerBound] + Array(pinned.description.utf8)
      expected.append(pinned)
      position = range.upperBound
    }
    text += octets[position...]
    let again = try Dockerfile(text, settings).mentions.filter { $0.place != nil }
    guard again.map(\.reference) == expected else {
      throw BuildFileError("with digests in it, it would name something else: write its references plainly")
    }
    return text
  }
}
