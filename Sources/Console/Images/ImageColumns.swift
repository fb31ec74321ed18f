internal import Screen
internal import TrustModel
internal import TrustVerify

/// Where the columns of the image list begin at some width; those that do not fit are left out.
struct ImageColumns {
  let width: Int
  let today = 3
  let name = 14
  let then: Int?
  let fetched: Int?
  let size: Int?
  let id: Int?

  /// The least that the name is left with.
  private static let nameWidth = 24

  init(_ width: Int) {
    self.width = width
    // What matters least goes first; the name takes what is left.
    var others = 0
    let fitting = [11, 11, 10, 9].prefix { column in
      others += column
      return width - 14 - others >= Self.nameWidth
    }
    let rest = width - fitting.reduce(0, +)
    func start(_ index: Int) -> Int? { index < fitting.count ? rest + fitting.prefix(index).reduce(0, +) : nil }
    (then, fetched, size, id) = (start(0), start(1), start(2), start(3))
  }

  /// Draws the names of the columns.
  func drawHeading(into grid: inout Grid, _ row: Int, _ theme: Theme) {
    for column in cells(("TODAY", "IMAGE", "THEN", "FETCHED", "SIZE", "ID")) {
      grid.put(row, column.start, column.text, theme.style(.heading), width: column.width)
    }
  }

  /// Draws an image.
  func draw(_ image: ImageRow, isCurrent: Bool, into grid: inout Grid, _ row: Int, _ theme: Theme) {
    let plain = theme.style(isCurrent ? .selection : .normal)
    grid.put(row, 0, isCurrent ? ">" : " ", plain, width: width)
    grid.put(row, 1, image.mark, isCurrent ? plain : theme.style(image.role), width: 1)
    let words = (
      image.todayWord, image.name, image.thenWord, image.record?.fetched.date ?? "-",
      image.record.map { OctetCount.text($0.size) } ?? "-", image.shortID
    )
    for column in cells(words) {
      let isToday = column.start == today && !isCurrent
      grid.put(row, column.start, column.text, isToday ? theme.style(image.role) : plain, width: column.width)
    }
  }

  private struct Cell {
    let start: Int
    let width: Int
    let text: String
  }

  private func cells(_ words: (String, String, String, String, String, String)) -> [Cell] {
    let places = [
      (today as Int?, words.0), (name, words.1), (then, words.2), (fetched, words.3), (size, words.4), (id, words.5),
    ].compactMap { start, text in start.map { ($0, text) } }
    return places.indices.map { index in
      let start = places[index].0
      let end = index + 1 < places.count ? places[index + 1].0 - 1 : width
      let width = max(0, end - start)
      // Less of an id is still its beginning: nothing marks the cut.
      let text = start == id ? String(places[index].1.prefix(width)) : places[index].1
      return Cell(start: start, width: width, text: text)
    }
  }
}
