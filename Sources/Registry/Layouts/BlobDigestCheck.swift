internal import TrustModel

/// Whether octets are those of their digest and length.
enum BlobDigestCheck {
  static func check(_ piece: BlobPiece, _ blob: BlobDescriptor) throws(RegistryError) {
    guard piece.count == blob.size, try piece.digest() == blob.digest else {
      throw RegistryError(
        .tampered, "\(shownPath(piece.file.path)): the octets of \(blob.digest) are not those of its digest")
    }
  }
}
