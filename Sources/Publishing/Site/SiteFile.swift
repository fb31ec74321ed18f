internal import Discovery
internal import DurableFiles
internal import Glibc
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

/// Files of a site, each of which appears whole.
enum SiteFile {
  /// Whether a name is an ordinary file.
  static func isThere(_ name: String, in folder: borrowing WritableDirectory) throws(PublishingProblem) -> Bool {
    do throws(WriteError) {
      return try folder.kind(of: name) == .file
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  /// The SHA-512 of a file; nil where there is none.
  static func digest(_ name: String, in folder: borrowing WritableDirectory) throws(PublishingProblem) -> [UInt8]? {
    guard try isThere(name, in: folder) else { return nil }
    let path = folder.path + "/" + name
    do throws(ImageFile.Failure) {
      let file = try ImageFile(path)
      var digest = DataDigest([], imageID: true)
      try unsafe file.forEachChunk { unsafe digest.update($0) }
      return digest.imageID
    } catch {
      throw PublishingProblem(.failed, "\(VisibleText(path)) \(error.problem)")
    }
  }

  /// Writes a small file, in place of one that is there.
  static func write(
    _ octets: [UInt8], _ name: String, in folder: borrowing WritableDirectory
  ) throws(PublishingProblem) {
    let temporary = temporary(name)
    do throws(WriteError) {
      try folder.remove(temporary)
      try folder.create(temporary, octets, mode: 0o644)
      try folder.move(temporary, to: folder, as: name)
      try folder.sync()
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  /// Copies an image: what appears is what was verified, octet by octet.
  static func copy(_ image: OfferedImage, into folder: borrowing WritableDirectory) throws(PublishingProblem) {
    let temporary = temporary(image.fileName)
    var digest = DataDigest([], imageID: true)
    var problem: WriteError?
    do {
      let source = try ImageFile(image.path)
      try folder.remove(temporary)
      try folder.create(temporary, mode: 0o644) { (file) throws(WriteError) in
        do throws(ImageFile.Failure) {
          try unsafe source.forEachChunk { chunk in
            unsafe digest.update(chunk)
            guard problem == nil else { return }
            do throws(WriteError) {
              try unsafe WritableDirectory.write(chunk, to: file, at: image.row.file)
            } catch {
              problem = error
            }
          }
        } catch {
          throw WriteError.system(image.path, error.problem)
        }
        if let problem { throw problem }
        guard digest.imageID == image.digest else {
          throw WriteError.system(image.path, "it changed after it was verified")
        }
      }
      try folder.move(temporary, to: folder, as: image.fileName)
      try folder.sync()
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  /// Makes a link to a name beside it, in place of a link that is there.
  static func link(
    _ name: String, to target: String, in folder: borrowing WritableDirectory
  ) throws(PublishingProblem) {
    let temporary = temporary(name)
    do throws(WriteError) {
      guard try folder.kind(of: name) != .directory else {
        throw WriteError.system(
          folder.path + "/" + name, "it is a folder of its own and cannot stand for the latest version")
      }
      try folder.remove(temporary)
      guard unsafe symlink(target, folder.path + "/" + temporary) == 0 else {
        throw WriteError(number: errno, at: folder.path + "/" + name)
      }
      try folder.move(temporary, to: folder, as: name)
      try folder.sync()
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  private static func temporary(_ name: String) -> String { ".\(name.prefix(100)).keyreeve" }
}
