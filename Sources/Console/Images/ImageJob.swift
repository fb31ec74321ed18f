internal import TrustModel
internal import TrustVerify

/// Work on the image store.
enum ImageJob: Sendable {
  /// Reads the records, then asks the keys of today; later looks have higher numbers.
  case list(number: Int)
  /// Reads an image again, octet by octet.
  case verify(ImageRecord)
  /// Removes an image.
  case remove(ImageRow)
  /// Finds, downloads, verifies and stores an image.
  case fetch(FetchOrder)
}

/// What came of work on the image store.
enum ImageNews: Sendable {
  /// The images as they are now.
  case listed(ImageListing)
  /// An image was read again.
  case verified(ImageRecord, Verdict, at: Timestamp)
  /// An image is no longer in the store.
  case removed(ImageRow)
  /// How far a fetch has come.
  case fetching(FetchOrder, FetchStatus)
  /// A fetch has ended.
  case fetched(FetchOrder, FetchEnd)

  /// The line for a person who looks at something else.
  var sentence: String {
    switch self {
    case .listed, .fetching: ""
    case .verified(let record, let verdict, _):
      "\(ImageRow(record).name) was read again: \(VerdictDescription(verdict: verdict).word)"
    case .removed(let row): "Removed \(row.name)."
    case .fetched(let order, let end): end.sentence(of: order)
    }
  }
}
