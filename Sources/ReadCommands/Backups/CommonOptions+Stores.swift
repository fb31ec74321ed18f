public import Stores

extension CommonOptions {
  /// What backups hold of the machine, for this user.
  public var stores: MachineStores {
    MachineStores(sysroot: machine) { Environment[$0] }
  }
}
