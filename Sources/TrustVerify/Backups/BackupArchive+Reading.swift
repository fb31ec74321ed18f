internal import Archives
internal import Glibc

extension BackupArchive {
  /// Reads a backup and proves it whole: every octet is what was written when it was made.
  ///
  /// The whole archive is kept in memory, within the limits.
  ///
  /// - Throws: `BackupError`.
  public init(file path: String, limits: BackupLimits = BackupLimits()) throws(BackupError) {
    let file: ImageFile
    do throws(ImageFile.Failure) {
      file = try ImageFile(path)
    } catch .missing {
      throw .missing
    } catch {
      throw .unreadable(error.problem)
    }
    guard file.size <= limits.archiveOctets else {
      throw .limit("the backup has \(file.size) octets; \(limits.archiveOctets) are allowed")
    }
    self = try Self.scanned(file, limits: limits)
    guard isWhole(in: file), !file.hasChanged else {
      throw .damaged("an octet between its files differs, or something follows them")
    }
  }

  private static func scanned(_ file: borrowing ImageFile, limits: BackupLimits) throws(BackupError) -> BackupArchive {
    var scanner = TarScanner(BackupContents(limits: limits))
    var failure: ArchiveError?
    do throws(ImageFile.Failure) {
      try unsafe file.forEachChunk { chunk in
        guard failure == nil else { return }
        do throws(ArchiveError) {
          try unsafe scanner.feed(chunk)
        } catch {
          failure = error
        }
      }
    } catch {
      throw .unreadable(error.problem)
    }
    do throws(ArchiveError) {
      if let failure { throw failure }
      try scanner.finish()
    } catch {
      if let refusal = scanner.consumer.refusal { throw refusal }
      throw scanner.consumer.manifest == nil ? .notABackup("\(error)") : .damaged("\(error)")
    }
    guard let manifest = scanner.consumer.manifest else { throw .notABackup("it is empty") }
    return BackupArchive(manifest: manifest, contents: scanner.consumer.contents)
  }

  /// Whether a file holds this backup's octets and no others.
  private func isWhole(in file: borrowing ImageFile) -> Bool {
    let descriptor = file.descriptor
    var offset: Int64 = 0
    let isSame = unsafe forEachPiece { piece in
      guard unsafe Self.holds(descriptor, piece, at: offset) else { return false }
      offset += Int64(piece.count)
      return true
    }
    return isSame && offset == file.size
  }

  /// Whether these octets stand in a file at `offset`.
  private static func holds(_ descriptor: CInt, _ octets: UnsafeRawBufferPointer, at offset: Int64) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    var done = 0
    while done < octets.count {
      let wanted = min(chunk.count, octets.count - done)
      let count = unsafe pread(descriptor, &chunk, wanted, off_t(offset) + done)
      if count < 0, errno == EINTR { continue }
      guard count > 0, unsafe chunk[..<count].elementsEqual(octets[done..<done + count]) else { return false }
      done += count
    }
    return true
  }
}
