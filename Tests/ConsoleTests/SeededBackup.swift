import ExampleMachine
import Stores
import TestSupport
import TrustChange
import TrustModel
import TrustVerify

/// A backup of the example machine with a fixed time, and what may have happened to the machine since.
enum SeededBackup {
  /// What has happened since.
  enum Since: Sendable {
    /// A mask was taken away.
    case unmasked
    /// A key was switched off where it lies.
    case switchedOff
  }

  /// Makes the backup, then changes the machine.
  static func write(on machine: ExampleMachine, then since: Since) throws {
    try machine.sandbox.makeDirectory("/backups")
    let stores = MachineStores(sysroot: Sysroot(machine.path)) { _ in nil }
    let collection = try BackupCollection(stores, program: "keyreeve 1.0", host: "web01", at: Moment.now)
    try BackupFile.write(collection.archive, to: machine.sandbox.located("/" + Steps.backupFile))
    switch since {
    case .unmasked:
      try machine.sandbox.remove("/etc/rkt/trustedkeys/root.d/\(try ExampleKey.archive2019.fingerprint())")
    case .switchedOff:
      let site = try ExampleKey.site.fingerprint()
      try machine.sandbox.place([], named: "\(site)", in: .prefix(try Prefix("site.example")), .administrator)
    }
  }
}
