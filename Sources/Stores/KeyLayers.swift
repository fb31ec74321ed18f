public import TrustModel

/// The two layers of trusted keys under a sysroot, read through descriptors and never written.
public struct KeyLayers: Sendable {
  /// The machine.
  public let sysroot: Sysroot

  /// The largest key file that is read, in octets (reference/security.md, row K-18).
  public static let keyFileLimit = 512 * 1024
  /// The deepest prefix directory, in components: what `AppcIdentifier` can hold at one letter a component.
  static let depthLimit = 512

  /// The layers of the machine under `sysroot`.
  public init(sysroot: Sysroot) {
    self.sysroot = sysroot
  }

  /// Reads every directory of both layers.
  ///
  /// Costs their directory entries; no file is opened. Never fails: what cannot be seen is an obstacle in the listing, which the decision has to weigh.
  public func list() -> LayerListing {
    var listing = LayerListing()
    for layer in Layer.allCases { LayerWalk(layer: layer, wanted: nil).run(sysroot, into: &listing) }
    return listing
  }

  /// Reads only what concerns one fingerprint, in every scope of both layers.
  ///
  /// Other files cost nothing in `root.d` and one directory entry each below `prefix.d`.
  public func list(_ fingerprint: Fingerprint) -> LayerListing {
    var listing = LayerListing()
    for layer in Layer.allCases { LayerWalk(layer: layer, wanted: fingerprint).run(sysroot, into: &listing) }
    return listing
  }

  /// The contents of a key file, at most `keyFileLimit` octets.
  ///
  /// - Throws: `StoreError` where the file is gone, a link, not regular, too large or unreadable.
  public func contents(of file: KeyFile) throws(StoreError) -> [UInt8] {
    let directory = try sysroot.open(KeyLocation.directory(of: file.scope, in: file.layer))
    return try directory.read(file.name, limit: Self.keyFileLimit).contents
  }

  /// The contents of the file at a place, or nil where there is none.
  ///
  /// - Throws: `StoreError` where something is there that cannot be read as a regular file.
  public func contents(at location: KeyLocation) throws(StoreError) -> [UInt8]? {
    do {
      let directory = try sysroot.open(location.directory)
      return try directory.read(location.fingerprint.description, limit: Self.keyFileLimit).contents
    } catch .missing {
      return nil
    }
  }
}

extension KeyLayers {
  /// Whether a layer's directory is there.
  ///
  /// - Throws: `StoreError` where it cannot be told.
  public func exists(_ layer: Layer) throws(StoreError) -> Bool {
    do {
      _ = try sysroot.open(layer.directory)
      return true
    } catch .missing {
      return false
    }
  }
}
