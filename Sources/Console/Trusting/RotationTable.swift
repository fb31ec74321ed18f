internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel

/// What happens when in a rotation, and what takes it back.
struct RotationTable {
  let key: ReviewedKey
  /// Days in which both keys count; nil where they cannot be read yet, or there are none.
  let days: Int?
  let isAtOnce: Bool
  let keys: KeyBindings

  private struct Row {
    let when: String
    let what: String
    var undo = ""
  }

  private func rows(_ now: Timestamp) -> [Row] {
    let file = key.location.file
    guard !isAtOnce else {
      return [
        Row(when: "now", what: "the new key is stored: \(file)", undo: keys.name(.undo)),
        Row(when: "", what: "the old key no longer counts", undo: "with it"),
      ]
    }
    let end = days.map { "from \(now.advanced(by: Int64($0) * 86_400).date) on " } ?? ""
    return [
      Row(when: "now", what: "the new key is stored: \(file)", undo: keys.name(.undo)),
      Row(when: "in between", what: "BOTH keys count: images signed by either are accepted"),
      Row(
        when: "then", what: end + "the audit reminds; \(keys.name(.rotate)) retires the old key", undo: keys.name(.undo)
      ),
    ]
  }

  /// How many keys are accepted on the way.
  private var counts: String? {
    guard let outlook = key.outlook, let slow = outlook.effects.first(where: { $0.scope == key.purpose.scope }) else {
      return nil
    }
    let end = outlook.atOnce?.effects.first { $0.scope == key.purpose.scope }?.acceptedAfter ?? slow.acceptedAfter
    let between = isAtOnce ? "" : " -> \(slow.acceptedAfter)"
    return "\(slow.scope.words): accepted keys \(slow.acceptedBefore)\(between) -> \(end)"
  }

  /// Draws as many rows as there is room for.
  func draw(into grid: inout Grid, _ area: Rectangle, _ theme: Theme, _ now: Timestamp) {
    let (what, undo) = (area.column + DescribedLine.labelWidth, area.column + area.columns - 8)
    var row = area.row
    func put(_ line: Row, _ style: Style) {
      let pieces = line.what.wrapped(to: max(8, undo - what - 1))
      for (offset, piece) in pieces.enumerated() where row < area.row + area.rows {
        if offset == 0 {
          grid.put(row, area.column, line.when, style, width: DescribedLine.labelWidth - 1)
          grid.put(row, undo, line.undo, style, width: 7)
        }
        grid.put(row, what, piece, style, width: undo - what - 1)
        row += 1
      }
    }
    put(Row(when: "WHEN", what: "WHAT", undo: "UNDO"), theme.style(.heading))
    for line in rows(now) { put(line, theme.style(.normal)) }
    if let counts { put(Row(when: "", what: counts), theme.style(.dim)) }
  }
}
