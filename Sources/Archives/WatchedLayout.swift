/// The rules of an image's layout, and behind them whoever wants its files.
struct WatchedLayout: TarConsumer {
  private(set) var layout: ImageLayout
  private var files: (any TarConsumer)?
  private var isManifest = false

  init(_ layout: ImageLayout, _ files: (any TarConsumer)?) {
    (self.layout, self.files) = (layout, files)
  }

  mutating func admit(_ entry: TarEntry) throws(ArchiveError) -> Bool {
    isManifest = try layout.admit(entry)
    if isManifest { return true }
    return try files?.admit(entry) ?? false
  }

  mutating func take(_ piece: UnsafeRawBufferPointer) throws(ArchiveError) {
    if isManifest { unsafe layout.take(piece) } else { try unsafe files?.take(piece) }
  }

  mutating func endBody() throws(ArchiveError) {
    if isManifest { layout.endBody() } else { try files?.endBody() }
  }

  mutating func finish() throws(ArchiveError) {
    try layout.finish()
    try files?.finish()
  }
}
