internal import TrustModel

/// The commands that act on one image, the same in the list and in the detail.
enum ImageActions {
  /// Opens the plan that removes an image.
  static func remove(_ row: ImageRow, _ context: Context) -> [Effect] {
    guard !context.isStoreReadOnly else {
      return [.say("Read-only here: " + context.ownCommandLine("image rm \(row.id.short)"))]
    }
    return [.open(RemoveImageScreen(row, users: context.images?.names(needing: row.id) ?? [])), .dropTypeAhead]
  }

  /// What is said of an image whose record cannot be read.
  static func unreadable(_ context: Context) -> [Effect] {
    [.say("What the store knows of it cannot be read: \(context.key(.remove)) removes it.")]
  }

  /// Opens the field for what is to be fetched, with a suggestion in it.
  static func fetch(_ source: String, _ context: Context) -> [Effect] {
    guard !context.isStoreReadOnly else { return [.say(context.readOnlyFetch(source))] }
    return [.open(FetchScreen(source))]
  }
}

extension Context {
  /// What is said in place of a fetch where nothing may be written.
  func readOnlyFetch(_ source: String) -> String {
    "Read-only here: " + ownCommandLine("fetch \(source.isEmpty ? "NAME" : VisibleText(source).description)")
  }
}
