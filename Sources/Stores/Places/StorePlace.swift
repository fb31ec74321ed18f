internal import TrustModel

/// One place that a change may write: a file of a store, by values that can lead nowhere else.
///
/// In `trusted-keys` that is a `KeyLocation` of the administrator layer or a file there that is no key's, in `configuration` a drop-in of the
/// administrator, in `content-trust` and
/// `notary-trust` any path below the directory that docker or notary uses.
public struct StorePlace: Hashable, Sendable {
  /// The store.
  public let store: Store
  /// Its directory, absolute, without the sysroot.
  public let directory: String
  /// The path below it.
  public let path: StorePath
  /// The place of a trusted key or mask, in that store.
  public let key: KeyLocation?

  /// The place at `path` of a store in `directory`; nil where the store has no such place.
  public init?(_ store: Store, in directory: String, _ path: StorePath) {
    guard Self.isDirectory(directory, of: store) else { return nil }
    (self.store, self.directory, self.path) = (store, directory, path)
    switch store {
    case .trustedKeys:
      guard let key = KeyLocation(administratorFile: directory + "/" + path.description) else { return nil }
      self.key = key
    case .contentTrust, .notaryTrust: key = nil
    case .configuration:
      guard path.components.count == 1, path.name.hasSuffix(".conf"), !path.name.hasPrefix(".") else { return nil }
      key = nil
    }
  }

  /// The place of a key or mask; nil for any other layer than the administrator's, which is never written.
  public init?(_ key: KeyLocation) {
    let directory = Layer.administrator.directory
    guard key.layer == .administrator, let path = StorePath(String(key.file.dropFirst(directory.count + 1))) else {
      return nil
    }
    (store, self.directory, self.path, self.key) = (.trustedKeys, directory, path, key)
  }

  /// The place of a file in the administrator layer that is no key's: a change may take it away and put it back.
  ///
  /// Nil for a path of a key or mask, one of another layer, and one that `StorePath` refuses.
  public init?(strayFile file: String) {
    let directory = Layer.administrator.directory
    guard KeyLocation(administratorFile: file) == nil, file.hasPrefix(directory + "/"),
      let path = StorePath(String(file.dropFirst(directory.count + 1)))
    else { return nil }
    (store, self.directory, self.path, key) = (.trustedKeys, directory, path, nil)
  }

  /// The place that an absolute path names, if it is one of a store whose directory is fixed.
  public init?(file: String) {
    for store in Store.allCases {
      guard let directory = store.fixedDirectory, file.hasPrefix(directory + "/"),
        let path = StorePath(String(file.dropFirst(directory.count + 1)))
      else { continue }
      self.init(store, in: directory, path)
      return
    }
    return nil
  }

  /// Whether a store may lie in `directory`, absolute, without the sysroot.
  public static func isDirectory(_ directory: String, of store: Store) -> Bool {
    if let fixed = store.fixedDirectory { return directory == fixed }
    guard directory.hasPrefix("/"), let path = StorePath(String(directory.dropFirst())) else { return false }
    return path.name == (store == .notaryTrust ? MachineStores.notaryName : MachineStores.contentTrustName)
  }

  /// The file, absolute, without the sysroot.
  public var file: String { directory + "/" + path.description }

  /// Whether the file is nobody's business but its owner's whatever is in it: 0600 in directories 0700, as docker and
  /// notary make them.
  public var isPrivate: Bool { store.isOfContentTrust }

  /// Whether it is a private key of content trust.
  public var isPrivateKey: Bool {
    store.isOfContentTrust && path.components.first == "private" && path.name.hasSuffix(".key")
  }

  /// Whether it is signed metadata of content trust, whose versions must never go back.
  public var isMetadata: Bool {
    store.isOfContentTrust && path.components.first == "tuf" && path.name.hasSuffix(".json")
      && path.components.dropFirst().dropLast().contains("metadata")
  }

  /// Whether it is a change of content trust that waits to be published.
  public var isStagedChange: Bool {
    store.isOfContentTrust && path.components.first == "tuf" && path.name.hasSuffix(".change")
  }
}

extension StorePlace {
  /// What the file holds and what it is, or nil where there is none.
  ///
  /// - Throws: `StoreError` where something is there that cannot be read as a regular file.
  public func contents(under sysroot: Sysroot) throws(StoreError) -> (contents: [UInt8], status: FileStatus)? {
    do {
      var directory = try Self.open(store, directory, under: sysroot)
      for component in path.components.dropLast() { directory = try directory.openDirectory(component) }
      return try directory.read(path.name, limit: key == nil ? Store.fileLimit : KeyLayers.keyFileLimit)
    } catch .missing {
      return nil
    }
  }

  /// Whether the directory of the store is there.
  public func hasDirectory(under sysroot: Sysroot) -> Bool {
    do {
      _ = try Self.open(store, directory, under: sysroot)
      return true
    } catch {
      return false
    }
  }

  /// Opens the directory of a store.
  ///
  /// The way to the user's own directory may have links on the machine itself; below a sysroot none is followed.
  static func open(_ store: Store, _ directory: String, under sysroot: Sysroot) throws(StoreError) -> Directory {
    if store.isOfContentTrust, sysroot.isMachine { return try Directory.open(named: directory) }
    return try sysroot.open(directory)
  }
}
