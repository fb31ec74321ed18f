internal import CTerm

/// Hands a grid to curses, row by row, as far as it differs from the last one.
struct Painter {
  private var shown: Grid?
  private var run: [UInt8] = []

  /// Makes the next grid be handed over as a whole.
  mutating func forget() { shown = nil }

  mutating func paint(_ grid: Grid) {
    if shown == grid { return }
    // What curses knows nothing of goes only when it sends everything anew.
    if let shown, shown.secrets != grid.secrets {
      cterm_redraw()
      forget()
    }
    let last = shown?.size == grid.size ? shown : nil
    if last == nil { cterm_erase() }
    for row in 0..<grid.size.rows {
      let range = grid.index(row, 0)..<grid.index(row + 1, 0)
      let cells = grid.cells[range]
      if let last {
        if last.cells[range] == cells { continue }
        cterm_clear_row(Int32(row))
      }
      paint(row, cells)
    }
    let cursor = grid.cursor ?? Position(row: -1, column: -1)
    cterm_cursor(Int32(clamping: cursor.row), Int32(clamping: cursor.column))
    cterm_flush()
    for piece in grid.secrets { show(piece) }
    shown = grid
  }

  /// Sends octets from where they lie straight to the terminal, and puts the cursor back.
  private func show(_ piece: SecretPiece) {
    let start = Array("\u{1b}7\u{1b}[\(piece.position.row + 1);\(piece.position.column + 1)H".utf8)
    unsafe piece.source.lend { octets in
      guard piece.range.upperBound <= octets.count else { return }
      let part = unsafe UnsafeRawBufferPointer(rebasing: octets[piece.range])
      unsafe start.withUnsafeBytes { unsafe Self.send($0) }
      unsafe Self.send(visible: part)
      unsafe Array("\u{1b}8".utf8).withUnsafeBytes { unsafe Self.send($0) }
    }
  }

  /// Sends what is printable ASCII as it stands, and a `?` for each other character: how wide that were, no terminal says.
  private static func send(visible octets: UnsafeRawBufferPointer) {
    var start = 0
    for index in 0..<octets.count {
      let octet = unsafe octets[index]
      guard !(0x20..<0x7f).contains(octet) else { continue }
      unsafe send(UnsafeRawBufferPointer(rebasing: octets[start..<index]))
      if octet & 0xC0 != 0x80 { unsafe [UInt8(ascii: "?")].withUnsafeBytes { unsafe send($0) } }
      start = index + 1
    }
    unsafe send(UnsafeRawBufferPointer(rebasing: octets[start...]))
  }

  private static func send(_ octets: UnsafeRawBufferPointer) {
    guard octets.count > 0, let start = unsafe octets.bindMemory(to: UInt8.self).baseAddress else { return }
    unsafe _ = cterm_write(start, octets.count)
  }

  private mutating func paint(_ row: Int, _ cells: ArraySlice<Grid.Cell>) {
    let first = cells.startIndex
    var index = first
    while index < cells.endIndex {
      let style = cells[index].style
      let start = index
      run.removeAll(keepingCapacity: true)
      while index < cells.endIndex, cells[index].glyph.isASCII, cells[index].style == style {
        run.append(UInt8(truncatingIfNeeded: cells[index].glyph.base))
        index += 1
      }
      cterm_pen(
        UInt32(style.attributes.rawValue), Int32(style.foreground?.rawValue ?? 0) - (style.foreground == nil ? 1 : 0))
      if index > start {
        paintRun(row, start - first)
      } else {
        paint(row, index - first, cells[index].glyph)
        index += 1
      }
    }
  }

  private func paintRun(_ row: Int, _ column: Int) {
    unsafe run.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe cterm_put_ascii(Int32(row), Int32(column), start, Int32(bytes.count))
    }
  }

  private func paint(_ row: Int, _ column: Int, _ glyph: Glyph) {
    if let piece = glyph.piece {
      cterm_put_piece(Int32(row), Int32(column), Int32(piece.rawValue))
      return
    }
    let scalars = glyph.scalars.map(\.value)
    guard !scalars.isEmpty else { return }
    unsafe scalars.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      unsafe cterm_put_glyph(Int32(row), Int32(column), start, Int32(values.count), Int32(glyph.columns))
    }
  }
}
