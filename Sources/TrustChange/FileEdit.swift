public import Stores
internal import TrustModel

/// One file of a change, before and after.
public struct FileEdit: Sendable, Equatable {
  /// The place, always in the administrator layer.
  public let location: KeyLocation
  /// What it must hold for the change to be applied.
  public let before: FileState
  /// What it will hold.
  public let after: FileState

  /// An edit of the administrator's file at `location`; nil for a place in any other layer, which is never written.
  public init?(_ location: KeyLocation, before: FileState, after: FileState) {
    guard location.layer == .administrator else { return nil }
    (self.location, self.before, self.after) = (location, before, after)
  }

  /// The file, absolute, without the sysroot.
  public var file: String { location.file }

  /// What happens to the file, in a word.
  public var verb: String {
    switch (before, after) {
    case (.absent, _): "create"
    case (_, .absent): "remove"
    default: "replace"
    }
  }

  /// The edit that takes this one back.
  var inverse: FileEdit { FileEdit(reversing: self) }

  private init(reversing edit: FileEdit) {
    (location, before, after) = (edit.location, edit.after, edit.before)
  }
}
