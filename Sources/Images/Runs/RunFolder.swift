internal import Archives
internal import DurableFiles
internal import Glibc
internal import Stores
internal import TrustModel

/// The files of one run, below the state directory: gone with the run.
///
/// The directory itself is locked while the run lives. One that nobody holds is what a crash has left, and is taken away by the next
/// run or clean-up. Nothing in it has to survive a crash, so that nothing is synced.
final class RunFolder {
  /// Where runs are, below the state directory.
  static let directoryName = "runs"
  static let namePrefix = "keyreeve-"
  private static let removedPrefix = "removed-"
  private static let lockFile = "lock"
  /// Keeps the file of the runtime, for whoever takes leftovers away.
  private static let runtimeFile = "runtime"

  /// The name of the run.
  let name: String
  private let place: String
  private let folder: OpenFolder
  private let above: OpenFolder

  /// The bundle's directory.
  var bundle: String { place + "/bundle" }
  /// The root file system.
  var root: String { bundle + "/rootfs" }
  /// What the runtime keeps.
  var state: String { place + "/state" }
  /// Where an empty volume lies.
  func volume(_ name: String) -> String { place + "/volumes/" + name }
  /// Holds the lock, also in a program that inherits it.
  var descriptor: CInt { folder.descriptor }

  /// Makes the directory of a new run.
  init(in stateDirectory: StateDirectory, runtime: String) throws(RunFailure) {
    do {
      let top = try WritableDirectory.make(
        stateDirectory.place + "/" + Self.directoryName, below: stateDirectory.sysroot.path)
      let lock = try top.lock(Self.lockFile)
      defer { lock.hold() }
      let path = top.path.isEmpty ? "/" : top.path
      above = try OpenFolder.open(path)
      name = Self.namePrefix + String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
      place = try Self.absolute(path) + "/" + name
      folder = try above.make(Array(name.utf8), mode: 0o700)
      guard flock(folder.descriptor, LOCK_EX | LOCK_NB) == 0 else { throw folder.failure(Array(name.utf8)) }
      for part in ["state", "volumes"] { _ = try folder.make(Array(part.utf8), mode: 0o700) }
      _ = try folder.make(Array("bundle".utf8), mode: 0o700)
      try makeRoot()
      try Self.write(Array(runtime.utf8), Self.runtimeFile, in: folder)
    } catch {
      throw RunFailure(.failed, "the run has no place: \(error)")
    }
  }

  /// Makes the root file system anew, empty.
  func makeRoot() throws(ArchiveError) {
    let bundle = try OpenFolder.open(bundle)
    try TreeRemoval.remove(Array("rootfs".utf8), in: bundle)
    _ = try bundle.make(Array("rootfs".utf8), mode: 0o755)
  }

  /// Makes the directory of an empty volume.
  func makeVolume(_ volume: Volume, isRoot: Bool) throws(ArchiveError) {
    guard case .empty(let mode, let owner, let group) = volume.kind else { return }
    let volumes = try OpenFolder.open(place + "/volumes")
    let made = try volumes.make(Array(volume.name.utf8), mode: mode_t(mode))
    if isRoot, fchown(made.descriptor, owner, group) != 0 || fchmod(made.descriptor, mode_t(mode)) != 0 {
      throw made.failure(Array(volume.name.utf8))
    }
  }

  /// Writes the bundle's configuration.
  func configure(_ octets: [UInt8]) throws(ArchiveError) {
    try Self.write(octets, "config.json", in: OpenFolder.open(bundle))
  }

  /// Takes everything of the run away.
  func remove(_ runtime: ContainerRuntime) throws(ArchiveError) {
    if unsafe access(state + "/" + name, F_OK) == 0 { runtime.delete(name, state: state) }
    try TreeRemoval.remove(Array(name.utf8), in: above)
  }

  private static func write(_ octets: [UInt8], _ name: String, in folder: OpenFolder) throws(ArchiveError) {
    let file = try folder.makeFile(Array(name.utf8))
    defer { close(file) }
    let written = unsafe octets.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    guard written == octets.count else { throw folder.failure(Array(name.utf8)) }
  }

  private static func absolute(_ path: String) throws(ArchiveError) -> String {
    guard let found = unsafe realpath(path, nil) else { throw .io(errno: errno, doing: "cannot find \(path)") }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}

extension RunFolder {
  /// Takes away what runs have left that ended without doing so themselves; returns how many.
  ///
  /// - Parameter dryRun: only counts them.
  static func sweep(_ stateDirectory: StateDirectory, dryRun: Bool) throws(RunFailure) -> Int {
    let path = stateDirectory.sysroot.located(stateDirectory.place + "/" + directoryName)
    guard unsafe access(path, F_OK) == 0 else { return 0 }
    do {
      let top = try WritableDirectory.open(named: path)
      let names = try leftovers(top, path, dryRun)
      guard !dryRun else { return names.count }
      let folder = try OpenFolder.open(path)
      for name in names { try takeAway(name, in: folder, at: path) }
      return names.count
    } catch {
      throw RunFailure(.failed, "what earlier runs have left could not be taken away: \(error)")
    }
  }

  /// The directories that nobody holds, under names that no run has.
  private static func leftovers(
    _ top: borrowing WritableDirectory, _ path: String, _ dryRun: Bool
  ) throws -> [String] {
    let lock = try top.lock(lockFile)
    defer { lock.hold() }
    let folder = try OpenFolder.open(path)
    var found: [String] = []
    for name in try top.names() {
      if name.hasPrefix(removedPrefix) { found.append(name) }
      guard name.hasPrefix(namePrefix), let run = folder.child(Array(name.utf8)) else { continue }
      guard flock(run.descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      if !dryRun { try top.move(name, to: top, as: removedPrefix + name) }
      found.append(dryRun ? name : removedPrefix + name)
    }
    return found
  }

  private static func takeAway(_ name: String, in folder: OpenFolder, at path: String) throws(ArchiveError) {
    let place = path + "/" + name
    let run = String(name.dropFirst(removedPrefix.utf8.count))
    if let directory = folder.child(Array(name.utf8)), let file = directory.file(Array(runtimeFile.utf8)) {
      defer { close(file) }
      var octets = [UInt8](repeating: 0, count: 4096)
      let count = unsafe pread(file, &octets, octets.count, 0)
      if count > 0, unsafe access(place + "/state/" + run, F_OK) == 0 {
        let runtime = ContainerRuntime(found: String(decoding: octets.prefix(count), as: UTF8.self))
        runtime.delete(run, state: place + "/state")
      }
    }
    try TreeRemoval.remove(Array(name.utf8), in: folder)
  }
}
