import Screen
import Testing

/// What is shown over the cells of a grid and is in none of them.
@Suite("Secrets over a grid")
struct SecretTextTests {
  private final class Held: SecretText {
    var identity: ObjectIdentifier { ObjectIdentifier(self) }

    func lend(_ body: (UnsafeRawBufferPointer) -> Void) {
      Array("seven wolf".utf8).withUnsafeBytes { body($0) }
    }
  }

  @Test("What just fits into its row is shown, one column more is not; nothing is outside, and the cells stay blank")
  func edges() {
    let held = Held()
    var grid = Grid(size: Size(rows: 2, columns: 12))
    grid.put(0, 2, secret: held, 0..<10)
    #expect(grid.secrets.count == 1)
    grid.put(1, 3, secret: held, 0..<10)
    grid.put(2, 0, secret: held, 0..<3)
    grid.put(-1, 0, secret: held, 0..<3)
    grid.put(1, -1, secret: held, 0..<3)
    #expect(grid.secrets.count == 1 && !grid.text().contains("wolf"))
  }

  @Test("Grids with the same secret in the same place are equal, with another one they are not")
  func equality() {
    let (first, second) = (Held(), Held())
    func grid(_ held: Held, _ column: Int) -> Grid {
      var grid = Grid(size: Size(rows: 2, columns: 20))
      grid.put(0, column, secret: held, 0..<5)
      return grid
    }
    #expect(grid(first, 1) == grid(first, 1))
    #expect(grid(first, 1) != grid(second, 1) && grid(first, 1) != grid(first, 2))
    #expect(grid(first, 1) != Grid(size: Size(rows: 2, columns: 20)))
  }
}
