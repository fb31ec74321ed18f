internal import DurableFiles

/// Keeps the listing cache in the user's cache directory.
public enum ListingCacheFile {
  /// Writes the octets to the file at `path`, wholly or not at all; its directories are made where they are missing.
  ///
  /// - Throws: `ChangeError` where the directory or file cannot be written, or a link stands in the way.
  public static func store(_ octets: [UInt8], at path: String) throws(ChangeError) {
    var components = path.split(separator: "/").map(String.init)
    guard let name = components.popLast(), let last = components.popLast() else { return }
    // The cache directory is the user's own, so the way to it may have links; what lies below it is ours.
    let base = "/" + components.joined(separator: "/")
    try writing { () throws(WriteError) in
      let directory = try WritableDirectory.make(base).descend([last])
      let temporary = TrustWriter.temporaryPrefix + name
      try directory.remove(temporary)
      try directory.create(temporary, octets, mode: 0o600)
      try directory.move(temporary, to: directory, as: name)
    }
  }
}
