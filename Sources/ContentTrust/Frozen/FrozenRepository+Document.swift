internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

extension FrozenRepository {
  var document: JSON {
    [
      "repository": JSON(repository.name), "judged": JSON(judged.description), "server": JSON(source),
      "anchor": JSON(anchor), "expires": JSON(expires.description), "firstRoot": JSON(firstRoot),
      "rootKeys": JSON(rootKeys),
      "files": .array(
        files.map { ["file": JSON($0.address), "sha256": JSON($0.sha256), "length": JSON($0.length)] }),
      "tags": .array(tags.map(\.document)),
    ]
  }

  /// What a lock file says; nil where it is not as it is written here.
  init?(_ tree: JSON) {
    guard let name = tree["repository"]?.string?.text, let repository = try? Repository(name),
      repository.name.utf8.elementsEqual(name.utf8), let judged = Self.moment(tree["judged"]),
      let expires = Self.moment(tree["expires"]), let anchor = tree["anchor"]?.string?.text,
      let firstRoot = tree["firstRoot"]?.integer, firstRoot > 0, let keys = tree["rootKeys"]?.array,
      let files = tree["files"]?.array, let tags = tree["tags"]?.array
    else { return nil }
    (self.repository, self.judged, self.expires, self.anchor) = (repository, judged, expires, anchor)
    (self.firstRoot, source) = (firstRoot, tree["server"]?.string?.text)
    (rootKeys, self.files, self.tags) = (
      keys.compactMap { $0.string?.text }, files.compactMap { File($0) }, tags.compactMap { Tag($0) }
    )
    guard rootKeys.count == keys.count, self.files.count == files.count, self.tags.count == tags.count else {
      return nil
    }
  }

  private static func moment(_ tree: JSON?) -> Timestamp? {
    tree?.string.flatMap { Timestamp(rfc3339: $0.text) }
  }
}

extension FrozenRepository.File {
  init?(_ tree: JSON) {
    guard let address = tree["file"]?.string?.text, let sha256 = tree["sha256"]?.string?.text,
      let length = tree["length"]?.integer
    else { return nil }
    (self.address, self.sha256, self.length) = (address, sha256, length)
  }
}

extension FrozenRepository.Tag {
  var document: JSON {
    [
      "tag": JSON(name), "digest": JSON(digest), "length": JSON(length), "role": JSON(role), "counts": .bool(counts),
      "keys": JSON(keys),
    ]
  }

  init?(_ tree: JSON) {
    guard let name = tree["tag"]?.string?.text, let digest = tree["digest"]?.string?.text,
      let length = tree["length"]?.integer, let role = tree["role"]?.string?.text, let keys = tree["keys"]?.array,
      case .bool(let counts)? = tree["counts"]
    else { return nil }
    (self.name, self.digest, self.length, self.role, self.counts) = (name, digest, length, role, counts)
    self.keys = keys.compactMap { $0.string?.text }
    guard self.keys.count == keys.count else { return nil }
  }

  /// Compares by octets.
  public static func == (left: Self, right: Self) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8) && left.digest == right.digest && left.length == right.length
      && left.role.utf8.elementsEqual(right.role.utf8) && left.counts == right.counts && left.keys == right.keys
  }
}
