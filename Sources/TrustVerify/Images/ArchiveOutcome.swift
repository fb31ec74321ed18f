internal import Archives
internal import OpenPGP
internal import TrustModel

/// What an archive came to, once it was read.
enum ArchiveOutcome {
  /// A well-formed image and its id.
  case read(ImageArchive, ImageID)
  /// The archive or its manifest breaks the format.
  case malformed(String)
  /// Input or an engine failed.
  case failed(String)

  /// Reads an image whose signer is established.
  ///
  /// The id of a plain archive is the digest that the signature check has computed already; a compressed one is
  /// inflated once, and its id is computed on the way. Where `files` takes the files of the image, the id is always
  /// computed over the very octets that they come from.
  init(
    of image: borrowing ImageFile, _ digest: DataDigest?, _ limits: ArchiveLimits, files: (any TarConsumer)? = nil
  ) {
    do {
      let start = image.start(Compression.probeLength)
      if files == nil, let digest, try Compression.detect(firstBytes: start) == .none, let known = digest.imageID {
        self = unsafe Self(try ImageArchive.read(from: image.descriptor, limits: limits), known)
        return
      }
      var uncompressed = DataDigest([], imageID: true)
      let archive = try unsafe ImageArchive.read(
        from: image.descriptor, limits: limits, onUncompressed: { piece in unsafe uncompressed.update(piece) },
        files: files)
      self = Self(archive, uncompressed.imageID ?? [])
    } catch {
      self = error.isMalformed ? .malformed("\(error)") : .failed("\(error)")
    }
  }

  private init(_ archive: ImageArchive, _ digest: [UInt8]) {
    self = ImageID(digest: digest).map { .read(archive, $0) } ?? .failed("the image id was not computed")
  }
}
