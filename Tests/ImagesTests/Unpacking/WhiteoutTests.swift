import Archives
import Images
import Testing

@Suite("Whiteouts of layers") struct WhiteoutTests {
  private func lower() throws -> UnpackedTree {
    let tree = try UnpackedTree()
    try tree.apply { tar in
      for name in ["a", "dir/one", "dir/two", "dir/sub/deep", "keep/x"] { tar.add(name, "0", Array("lower".utf8)) }
      tar.link("away", to: tree.outside)
    }
    return tree
  }

  @Test func aNameIsTakenAway() throws {
    let tree = try lower()
    try tree.apply { tar in
      for name in [".wh.a", "dir/.wh.one", "dir/.wh.sub", ".wh.away", ".wh.missing", "nowhere/.wh.x"] { tar.add(name) }
    }
    #expect(tree.names() == ["dir", "keep"] && tree.names("dir") == ["two"] && tree.isOutsideIntact)
  }

  @Test(arguments: [true, false]) func anOpaqueDirectoryKeepsWhatItsOwnLayerBrings(_ isFirst: Bool) throws {
    let tree = try lower()
    try tree.apply { tar in
      if isFirst { tar.add("dir/.wh..wh..opq") }
      tar.add("dir/new", "0", Array("upper".utf8))
      tar.add("dir/sub/more", "0", Array("upper".utf8))
      if !isFirst { tar.add("dir/.wh..wh..opq") }
    }
    #expect(tree.names("dir") == ["new", "sub"] && tree.names("dir/sub") == ["more"] && tree.names("keep") == ["x"])
  }

  @Test func whatALayerBringsItDoesNotTakeAway() throws {
    let tree = try lower()
    try tree.apply { tar in
      tar.add("a", "0", Array("upper".utf8))
      tar.add(".wh.a")
      tar.add(".wh..wh.plnk", "0", [1])
    }
    #expect(tree.contents("a") == "upper" && tree.names() == ["a", "away", "dir", "keep"])
  }

  @Test(arguments: [".wh.", ".wh..", ".wh...", "dir/.wh...", "away/.wh.kept", "../.wh.outside"])
  func nothingElsewhereIsTakenAway(_ name: String) throws {
    let tree = try lower()
    #expect(throws: ArchiveError.self) { try tree.apply { $0.add(name) } }
    #expect(tree.isOutsideIntact && tree.names("dir") == ["one", "sub", "two"])
  }

  @Test func anImageMayHaveSuchNames() throws {
    let tree = try UnpackedTree()
    try tree.apply(.image) { tar in
      tar.directory("rootfs")
      tar.add("rootfs/a", "0", [1])
      tar.add("rootfs/.wh.a", "0", [1])
    }
    #expect(tree.names() == [".wh.a", "a"])
  }
}
