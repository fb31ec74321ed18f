import Screen
import Testing

/// Numbers that are the same in every run.
struct Sequence64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct GridProperties {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func anythingCanBePutAnywhere(seed: UInt64) {
    var random = Sequence64(seed: seed)
    let size = Size(rows: .random(in: 0...12, using: &random), columns: .random(in: 0...40, using: &random))
    var grid = Grid(size: size)
    for _ in 0..<30 {
      let row = Int.random(in: -2...14, using: &random)
      let column = Int.random(in: -20...45, using: &random)
      let width = Bool.random(using: &random) ? Int.random(in: -3...60, using: &random) : nil
      let before = grid
      let end = grid.put(row, column, Self.text(&random), Style(.bold), width: width)
      #expect(end <= max(column, size.columns))
      #expect(end >= column)
      for other in 0..<size.rows where other != row {
        #expect(grid.text(ofRow: other) == before.text(ofRow: other))
      }
    }
    expectSound(grid)
  }

  private func expectSound(_ grid: Grid) {
    let rows = grid.text().split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows.count == grid.size.rows + 1)
    for row in rows {
      #expect(DisplayWidth.columns(of: String(row)) <= grid.size.columns)
      for scalar in row.unicodeScalars {
        #expect(DisplayWidth.columns(of: scalar) != nil, "U+\(String(scalar.value, radix: 16)) got through")
      }
    }
  }

  /// Bytes, taken as UTF-8, or scalars that are likely to do harm.
  private static func text(_ random: inout Sequence64) -> String {
    let count = Int.random(in: 0...60, using: &random)
    if Bool.random(using: &random) {
      return String(decoding: (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }, as: UTF8.self)
    }
    let harmful: [ClosedRange<UInt32>] = [
      0...0x1F, 0x20...0x7E, 0x7F...0xA0, 0x300...0x36F, 0x200B...0x2069, 0x4E00...0x4E20, 0xFE00...0xFE0F,
      0x1F300...0x1F600, 0xE0000...0xE007F,
    ]
    var scalars = String.UnicodeScalarView()
    for _ in 0..<count {
      guard let range = harmful.randomElement(using: &random) else { continue }
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { scalars.append(scalar) }
    }
    return String(scalars)
  }
}
