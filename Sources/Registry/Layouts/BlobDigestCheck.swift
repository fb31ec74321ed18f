internal import TrustModel

/// Whether octets are those of their digest and length.
enum BlobDigestCheck {
  static func check(_ piece: BlobPiece, _ blob: BlobDescriptor) throws(RegistryError) {
    var digest = BlobDigest()
    if piece.count == blob.size {
      try unsafe piece.forEach { octets in
        unsafe digest.take(octets)
        return true
      }
    }
    guard piece.count == blob.size, try digest.finished() == blob.digest else {
      throw RegistryError(
        .tampered, "\(shownPath(piece.file.path)): the octets of \(blob.digest) are not those of its digest")
    }
  }
}
