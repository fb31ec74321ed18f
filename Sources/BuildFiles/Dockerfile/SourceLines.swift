/// Where the lines of a file begin.
struct LineStarts {
  let starts: [Int]

  init(_ file: [UInt8]) {
    starts = [0] + file.indices.filter { file[$0] == 0x0a }.map { $0 + 1 }
  }

  /// The number of the line that an octet stands in, from 1.
  func number(at offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }
}

/// The lines of a file, one after the other.
struct SourceLines {
  private let file: [UInt8]
  private var position: Int
  /// The number of the line that was read last, from 1.
  private(set) var number = 0

  init(_ file: [UInt8]) {
    self.file = file
    // A mark of the octet order stands before the first line, not in it.
    position = file.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
  }

  /// The next line without its end; nil behind the last one.
  ///
  /// - Throws: `BuildFileError` for an end that builders read in more than one way.
  mutating func next() throws(BuildFileError) -> SourceText? {
    guard position < file.count else { return nil }
    number += 1
    let end = file[position...].firstIndex(of: 0x0a) ?? file.count
    var last = end
    while last > position, file[last - 1] == 0x0d { last -= 1 }
    guard end - last <= 1 else { throw BuildFileError(line: number, "it ends with more than one carriage return") }
    defer { position = end + 1 }
    return SourceText(file, position..<last)
  }
}
