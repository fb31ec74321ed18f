internal import Archives
internal import Glibc
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

extension ImageBuild {
  /// Builds the image.
  ///
  /// The manifest first, so that readers need not go through the file for it, then the root file system in the order of
  /// the names' octets. Before the file gets its name it is read back by the reader of images.
  public func run() throws(PublishingProblem) -> BuiltImage {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw RootWalk.failure(Array(folder.utf8), errno) }
      throw PublishingProblem(.notFound, "there is no folder \(VisibleText(folder))")
    }
    defer { close(descriptor) }
    let manifest = try ManifestFile(self.manifest ?? folder + "/manifest")
    if self.manifest == nil { try refuseStrangers(descriptor) }
    let survey = try RootSurvey(descriptor, packsDevices: packsDevices)
    if let refusal = survey.refusal { throw refusal }
    let file = try NewFile.at(output, replacing: isReplacing, by: "--overwrite")
    var built: BuiltImage?
    try file.write(replacing: isReplacing) { (out) throws(PublishingProblem) in
      try write(manifest, rootOf: descriptor, to: out)
    } check: { (path) throws(PublishingProblem) in
      built = try readBack(path, manifest, entries: survey.entries + 1)
    }
    guard let built else { throw PublishingProblem(.failed, "the image was not read back") }
    return built
  }

  /// What stands beside manifest and root file system would silently be missing: actool refuses it as well.
  private func refuseStrangers(_ descriptor: CInt) throws(PublishingProblem) {
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = unsafe fdopendir(copy) else { throw RootWalk.failure(Array(folder.utf8), errno) }
    defer { unsafe closedir(stream) }
    let known = [".", "..", "manifest", "rootfs"].map { Array($0.utf8) }
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      guard known.contains(name) else {
        throw PublishingProblem(
          .usage,
          "\(VisibleText(folder)) holds '\(VisibleText(octets: name, limit: 200))' beside manifest and rootfs: no image holds anything else"
        )
      }
    }
  }

  private func write(
    _ manifest: ManifestFile, rootOf folder: CInt, to out: CInt
  ) throws(PublishingProblem) {
    do {
      let writer = try ImageWriter(self, to: out)
      try writer.add(manifest)
      try RootWalk.run(in: folder) { (item) throws(PublishingProblem) in try writer.add(item) }
      try writer.finish()
    } catch let error as ArchiveError {
      throw PublishingProblem(error.isMalformed ? .usage : .failed, "the image was not written: \(error)")
    } catch let error as PublishingProblem {
      throw error
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  private func readBack(
    _ path: String, _ manifest: ManifestFile, entries: Int
  ) throws(PublishingProblem) -> BuiltImage {
    let archive: ImageArchive
    var digest = DataDigest([], imageID: true)
    do {
      let file = try ImageFile(path)
      archive = try unsafe ImageArchive.read(from: file.descriptor) { piece in unsafe digest.update(piece) }
    } catch {
      throw PublishingProblem(.malformed, "no image was made: what was written is not read back: \(error)")
    }
    guard let id = digest.imageID.flatMap({ ImageID(digest: $0) }), archive.manifestBytes == manifest.octets,
      archive.entryCount == entries
    else { throw PublishingProblem(.failed, "no image was made: the folder changed while it was packed") }
    return BuiltImage(
      id: id, name: archive.manifest.name, labels: archive.manifest.labels, entries: entries,
      uncompressedSize: archive.uncompressedSize,
      notes: archive.remarks.map {
        "\($0.kind.rawValue): \($0.count) (\($0.examples.prefix(3).joined(separator: ", ")))"
      })
  }
}
