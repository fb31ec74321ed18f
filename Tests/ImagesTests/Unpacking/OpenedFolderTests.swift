import Images
import TestSupport
import Testing

/// What a layer brings into directories that earlier entries have opened before it.
@Suite("Whiteouts beside what their own layer brings") struct OpenedFolderTests {
  private func lower() throws -> UnpackedTree {
    let tree = try UnpackedTree()
    // The last entry leaves dir/sub open.
    try tree.apply { tar in
      for name in ["dir/one", "dir/sub/old"] { tar.add(name, "0", Array("lower".utf8)) }
    }
    return tree
  }

  @Test(arguments: ["dir/.wh..wh..opq", "dir/.wh.sub", ".wh.dir"])
  func afterAnotherLayer(_ whiteout: String) throws {
    let tree = try lower()
    try tree.apply { tar in
      tar.add("dir/sub/new", "0", Array("upper".utf8))
      tar.add(whiteout)
    }
    #expect(tree.names("dir/sub") == ["new"])
    #expect(tree.names("dir") == (whiteout == "dir/.wh.sub" ? ["one", "sub"] : ["sub"]))
  }

  @Test func afterAWhiteoutOfItsOwn() throws {
    let tree = try lower()
    try tree.apply { tar in
      tar.add("dir/sub/.wh.missing")
      tar.add("dir/sub/new", "0", Array("upper".utf8))
      tar.add("dir/.wh.sub")
    }
    #expect(tree.names("dir/sub") == ["new"] && tree.names("dir") == ["one", "sub"])
  }

  @Test func aWhiteoutAloneBringsNothing() throws {
    let tree = try lower()
    try tree.apply { tar in
      tar.add("dir/sub/.wh.missing")
      tar.add("dir/.wh.sub")
    }
    #expect(tree.names("dir") == ["one"])
  }
}
