internal import DurableFiles
internal import SignedMetadata

/// The files of a tree under a second name, or copied where there can be none.
struct TreeCopy {
  let from: [String]
  let isKept: ([String], Int64) -> Bool

  func copy(_ source: borrowing WritableDirectory, to target: borrowing WritableDirectory) throws(WriteError) {
    guard from.count < WritableDirectory.depthLimit else { throw .system(source.path, "it is too deep") }
    for name in try source.names() {
      switch try source.kind(of: name) {
      case .directory:
        let below = TreeCopy(from: from + [name], isKept: isKept)
        try below.copy(try source.open(name), to: try target.descend([name]))
      case .file where isKept(from + [name], source.modified(name) ?? 0):
        do throws(WriteError) {
          try source.link(name, in: target)
        } catch .permission {
          guard let octets = try source.contents(of: name, limit: MetadataLimits().stated) else { continue }
          try target.create(name, octets, mode: 0o644)
        }
      // Links, FIFOs and devices are no documents: no reader takes them.
      default: continue
      }
    }
    try target.sync()
  }
}
