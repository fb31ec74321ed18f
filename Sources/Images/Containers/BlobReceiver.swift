internal import DurableFiles
internal import Glibc
internal import Registry
internal import TrustModel

/// A blob on its way into the store: a file of the staging area that is written from front to back, through its digest.
///
/// What an earlier process has left of it is read through the digest first. For one thread at a time.
final class BlobReceiver {
  private let staging: WritableDirectory
  private let lock: FileLock
  private let file: CInt
  private let blob: BlobDescriptor
  private var digest = BlobDigest()
  /// Octets whose way to the disk has begun.
  private var flushed: UInt64 = 0

  /// Octets of what was left that are read at a time, and of what is handed to the disk at a time.
  private static let step: UInt64 = 8 << 20

  private var name: String { blob.digest.hex + ContainerStoreWriter.partEnding }

  /// Takes the place of a blob in the staging area; nil where another process holds it.
  init?(_ blob: BlobDescriptor, in writer: ContainerStoreWriter) throws {
    let staging = try writer.top().descend([ContainerStoreWriter.stagingDirectory])
    let name = blob.digest.hex + ContainerStoreWriter.partEnding
    guard let lock = try staging.lockIfFree(name) else { return nil }
    file = try staging.openFile(name, mode: 0o644)
    self.staging = staging
    self.lock = lock
    self.blob = blob
    try readRest()
  }

  deinit { close(file) }

  /// Octets that are there.
  var count: UInt64 { digest.count }

  /// Adds octets.
  func take(_ piece: UnsafeRawBufferPointer) throws {
    guard count + UInt64(piece.count) <= blob.size else {
      throw RegistryError(.tampered, "\(blob.digest) is longer than the \(blob.size) octets that its manifest says")
    }
    try unsafe WritableDirectory.write(piece, to: file, at: staging.path + "/" + name)
    unsafe digest.take(piece)
    if count - flushed >= Self.step {
      // The disk works while the rest comes, so that the end need not wait for all of it.
      WritableDirectory.beginFlush(of: file, from: flushed, count: count - flushed)
      flushed = count
    }
  }

  /// Begins anew.
  func clear() throws {
    guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 else { throw failure() }
    (digest, flushed) = (BlobDigest(), 0)
  }

  /// Gives the blob its name, where it is what its digest says.
  func finish(in writer: ContainerStoreWriter) throws {
    let found = try digest.finished()
    guard count == blob.size, found == blob.digest else {
      throw RegistryError(.tampered, "\(blob.digest) came with \(count) octets of the digest \(found)")
    }
    guard fchmod(file, 0o644) == 0, fsync(file) == 0 else { throw failure() }
    try staging.move(name, to: writer.top().descend(ContainerStoreWriter.blobDirectories), as: blob.digest.hex)
  }

  /// Removes what has come.
  func discard() throws { try staging.remove(name) }

  private func readRest() throws {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(Self.step), alignment: 64)
    defer { unsafe room.deallocate() }
    while true {
      let got = unsafe read(file, room.baseAddress, room.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure() }
      guard got > 0 else { return }
      guard count + UInt64(got) <= blob.size else { return try clear() }
      unsafe digest.take(UnsafeRawBufferPointer(rebasing: room[..<got]))
    }
  }

  private func failure() -> WriteError { WriteError(number: errno, at: staging.path + "/" + name) }
}
