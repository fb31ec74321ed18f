public import ContentTrust
internal import DurableFiles
internal import Glibc
public import Stores
public import TrustModel

/// Writes what is remembered of the rotations of one repository: whole, synced, one process at a time.
public struct RotationLedger {
  /// The repository.
  public let repository: Repository
  private let state: StateDirectory

  /// The name of the lock beside the record.
  static let lockName = "+rotations.lock"
  /// How long another process is waited for, in tenths of a second.
  static let patience = 20

  /// The ledger of a repository in a state directory.
  public init(_ repository: Repository, in state: StateDirectory) {
    (self.repository, self.state) = (repository, state)
  }

  /// What is remembered.
  ///
  /// - Throws: `RotationError.record`.
  public func record() throws(RotationError) -> RotationRecord {
    do throws(SeenVersions.Damaged) {
      return try RotationRecord.read(repository, in: state)
    } catch {
      throw .record(error)
    }
  }

  /// Runs `body` while no other process rotates keys of the repository.
  ///
  /// - Throws: `RotationError.busy` and `writing`, and what `body` throws.
  func exclusively<Value>(_ body: () throws -> Value) throws -> Value {
    let folder = try opened()
    for _ in 0..<Self.patience {
      if let lock = try locked(folder) {
        defer { lock.hold() }
        return try body()
      }
      usleep(100_000)
    }
    throw RotationError.busy(repository, folder.path)
  }

  /// Puts a record in the place of the one before; it is on the disk when this returns.
  func write(_ record: RotationRecord) throws(RotationError) {
    guard record.underWay.count <= RotationRecord.attemptLimit else { throw .tooMany(repository) }
    let folder = try opened()
    let made = StorePath.temporaryPrefix + "rotations"
    do throws(WriteError) {
      try folder.remove(made)
      try folder.create(made, record.octets(of: repository), mode: 0o600)
      try folder.move(made, to: folder, as: RotationRecord.fileName)
      try folder.sync()
    } catch {
      throw .writing(error)
    }
  }

  private func opened() throws(RotationError) -> WritableDirectory {
    do throws(WriteError) {
      return try WritableDirectory.make(state.place, below: state.sysroot.path)
        .descend([SeenVersions.folder] + repository.parts, mode: 0o700)
    } catch {
      throw .writing(error)
    }
  }

  private func locked(_ folder: borrowing WritableDirectory) throws(RotationError) -> FileLock? {
    do throws(WriteError) {
      return try folder.lockIfFree(Self.lockName)
    } catch {
      throw .writing(error)
    }
  }
}
