/// A directory of drop-in files.
struct ConfigurationDirectory {
  let sysroot: Sysroot
  /// Absolute, without the sysroot.
  let place: String

  /// The names of its drop-in files, in byte order.
  func names() throws(StoreError) -> [String] {
    try open().names().filter { $0.hasSuffix(".conf") && !$0.hasPrefix(".") }
  }

  /// The contents of one of them.
  func contents(of name: String) throws(StoreError) -> (contents: [UInt8], status: FileStatus) {
    try open().read(name, limit: ConfigurationLimits.fileOctets)
  }

  /// On the machine itself the way to the directory may have links; below a sysroot none is followed.
  private func open() throws(StoreError) -> Directory {
    try sysroot.isMachine ? Directory.open(named: place) : sysroot.open(place)
  }
}
