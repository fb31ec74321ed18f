internal import Glibc

/// What filter words may match, of all rows in one piece: lower case, UTF-8, made once beside the loop.
struct SearchText: Sendable {
  private var octets: [UInt8] = []
  private var starts: [Int] = [0]

  /// The texts of the rows, in their order.
  init(_ rows: [KeyRow]) {
    self.init(lowercase: rows.lazy.map(\.searchText))
  }

  /// The same of names.
  init(_ names: [String]) {
    self.init(lowercase: names.lazy.map { $0.lowercased() })
  }

  private init(lowercase texts: some Collection<String>) {
    starts.reserveCapacity(texts.count + 1)
    for text in texts {
      octets.append(contentsOf: text.utf8)
      starts.append(octets.count)
    }
  }

  /// Whether the text of a row has the word in it; an empty word is in every text.
  func contains(_ word: [UInt8], row: Int) -> Bool {
    guard !word.isEmpty else { return true }
    return octets.withUnsafeBytes { all in
      word.withUnsafeBytes { word in
        guard let text = all.baseAddress, let wanted = word.baseAddress else { return false }
        return Self.find(wanted, word.count, from: text + starts[row], to: text + starts[row + 1])
      }
    }
  }

  private static func find(
    _ word: UnsafeRawPointer, _ count: Int, from start: UnsafeRawPointer, to end: UnsafeRawPointer
  ) -> Bool {
    let first = Int32(word.load(as: UInt8.self))
    var start = start
    while end - start >= count, let hit = memchr(start, first, end - start - count + 1) {
      if memcmp(hit, word, count) == 0 { return true }
      start = UnsafeRawPointer(hit) + 1
    }
    return false
  }

  /// Whether the text of a row begins with the word: it begins with the scope.
  func begins(with word: [UInt8], row: Int) -> Bool {
    octets[starts[row]..<starts[row + 1]].starts(with: word)
  }
}
