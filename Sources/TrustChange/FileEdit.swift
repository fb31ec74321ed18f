public import Stores
internal import TrustModel

/// One file of a change, before and after.
public struct FileEdit: Sendable, Equatable {
  /// The place: in the administrator layer, or another file that a restore may write.
  public let place: StorePlace
  /// What it must hold for the change to be applied.
  public let before: FileState
  /// What it will hold.
  public let after: FileState
  /// Whether only its owner may read the file, and what the log keeps of it.
  public let isPrivate: Bool

  /// An edit of the administrator's file at `location`; nil for a place in any other layer, which is never written.
  public init?(_ location: KeyLocation, before: FileState, after: FileState) {
    guard let place = StorePlace(location) else { return nil }
    self.init(place, before: before, after: after)
  }

  /// An edit of the file at `place`; `isPrivate` makes it one for its owner's eyes where the place does not already.
  public init(_ place: StorePlace, before: FileState, after: FileState, isPrivate: Bool = false) {
    (self.place, self.before, self.after) = (place, before, after)
    self.isPrivate = place.isPrivate || isPrivate && place.key == nil
  }

  /// The place of the trusted key or mask, where the file is one.
  public var location: KeyLocation? { place.key }

  /// The file, absolute, without the sysroot.
  public var file: String { place.file }

  /// What happens to the file, in a word.
  public var verb: String {
    switch (before, after) {
    case (.absent, _): "create"
    case (_, .absent): "remove"
    default: "replace"
    }
  }

  /// A few words for what the file holds before or after, for a plan.
  public func words(for state: FileState) -> String {
    guard place.key == nil, case .present(let octets) = state else { return state.description }
    return "a file of \(octets.count) octets"
  }

  /// The edit that takes this one back.
  var inverse: FileEdit { FileEdit(place, before: after, after: before, isPrivate: isPrivate) }
}
