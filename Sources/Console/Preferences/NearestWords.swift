/// The words that somebody may have meant.
struct NearestWords {
  /// At most three, the nearest first.
  let words: [String]

  /// Those among `known` with the fewest letters to be changed; words that begin as `text` does come first.
  init(to text: String, among known: [String]) {
    let typed = Array(text.lowercased().prefix(40))
    let ranked = known.map { word in
      (word, !typed.isEmpty && word.hasPrefix(String(typed)) ? 0 : Self.distance(typed, Array(word)))
    }
    words = ranked.enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.prefix(3).map(
      \.element.0)
  }

  /// How many letters have to be put in, taken out, exchanged or swapped with their neighbour.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var now = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, now[column] + 1)
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          cost = min(cost, before[column - 1] + 1)
        }
        now.append(cost)
      }
      (before, last) = (last, now)
    }
    return last[right.count]
  }
}
