internal import Archives
internal import OpenPGP

/// What an archive came to, once it was read.
enum ArchiveOutcome {
  /// A well-formed image: its manifest and its id, `sha512-` and 128 hexadecimal digits.
  case read(ImageManifest, imageID: String)
  /// The archive or its manifest breaks the format.
  case malformed(String)
  /// Input or an engine failed.
  case failed(String)

  /// Reads an image whose signer is established.
  ///
  /// The id of a plain archive is the digest that the signature check has computed already; a compressed one is
  /// inflated once, and its id is computed on the way.
  init(of image: borrowing ImageFile, _ digest: DataDigest?, _ limits: ArchiveLimits) {
    do {
      let start = image.start(Compression.probeLength)
      let known = try Compression.detect(firstBytes: start) == .none ? digest?.imageID : nil
      if let known {
        self = unsafe .read(
          try ImageArchive.read(from: image.descriptor, limits: limits).manifest, imageID: Self.id(known))
        return
      }
      var uncompressed = DataDigest([], imageID: true)
      let archive = try unsafe ImageArchive.read(from: image.descriptor, limits: limits) { piece in
        unsafe uncompressed.update(piece)
      }
      self = .read(archive.manifest, imageID: Self.id(uncompressed.imageID ?? []))
    } catch {
      self = error.isMalformed ? .malformed("\(error)") : .failed("\(error)")
    }
  }

  private static func id(_ digest: [UInt8]) -> String {
    "sha512-" + digest.map { octet in (octet < 16 ? "0" : "") + String(octet, radix: 16) }.joined()
  }
}
