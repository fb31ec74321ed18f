internal import TrustModel
internal import TrustVerify

/// The images of the store as the console shows them: read beside the loop, then shown as a value.
struct ImageListing: Sendable {
  /// Which look this is: a later one has a higher number.
  let number: Int
  /// The store's directory, without the sysroot.
  let place: String
  /// The images, by name and time.
  let rows: [ImageRow]
  /// Whether the keys of today have been asked.
  let isJudged: Bool
  /// Why the store as a whole cannot be read.
  let problem: String?

  init(number: Int, place: String, rows: [ImageRow], isJudged: Bool, problem: String? = nil) {
    (self.number, self.place, self.isJudged, self.problem) = (number, place, isJudged, problem)
    self.rows = rows.sorted { Self.order($0) < Self.order($1) }
  }

  private static func order(_ row: ImageRow) -> (String, Int64, ImageID) {
    (row.record?.name.description ?? "~", row.record?.fetched.seconds ?? 0, row.id)
  }

  /// The images that stand on one, by name.
  func names(needing id: ImageID) -> [String] {
    rows.filter { row in row.id != id && row.record?.dependencies.contains { $0.id == id } == true }.map(\.name)
  }

  /// The directories whose changes are news: the store's, and each image's.
  var directories: [String] { [place] + rows.map { "\(place)/\($0.id)" } }
}
