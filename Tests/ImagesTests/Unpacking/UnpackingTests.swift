import Archives
import Glibc
import Images
import TestSupport
import Testing

@Suite("Unpacking") struct UnpackingTests {
  private func refusal(_ body: () throws(ArchiveError) -> Void) -> String? {
    do throws(ArchiveError) {
      try body()
      return nil
    } catch {
      return error.isMalformed ? "\(error)" : "no refusal but \(error)"
    }
  }

  @Test func filesLinksModesAndTimesAreThoseOfTheArchive() throws {
    let tree = try UnpackedTree()
    try tree.apply(.image) { tar in
      tar.directory("rootfs", mode: 0o711)
      tar.directory("rootfs/etc", mode: 0o700)
      tar.add("rootfs/etc/name", "0", Array("hello".utf8), mode: 0o640)
      tar.link("rootfs/link", to: "/etc/passwd")
      tar.hardLink("rootfs/second", to: "rootfs/etc/name")
      tar.add("rootfs/a/b/c", "0", [], mode: 0o600)
      tar.add("manifest", "0", Array("{}".utf8))
    }
    try tree.complete()
    #expect(tree.names() == ["a", "etc", "link", "second"])
    #expect(tree.contents("etc/name") == "hello" && tree.mode("etc/name") == 0o640)
    #expect(tree.mode("etc") == 0o700 && tree.mode("") == 0o711 && tree.mode("a/b") == 0o755)
    #expect(tree.target("link") == "/etc/passwd")
    #expect(tree.status("second")?.st_ino == tree.status("etc/name")?.st_ino)
    for name in ["etc", "etc/name", "link", ""] {
      #expect(tree.status(name)?.st_mtim.tv_sec == 1_600_000_000, "\(name)")
    }
    #expect(tree.isOutsideIntact)
  }

  @Test(arguments: ["../x", "/x", "a/../../x", "a/./x", "a//x", "..", "a/..", "./../x"])
  func pathsOutOfTheRootAreRefused(_ path: String) throws {
    for source in [RootTree.Source.layer, .image] {
      let tree = try UnpackedTree()
      let place = source == .image ? "rootfs/" + path : path
      let said = refusal { () throws(ArchiveError) in try tree.apply(source) { $0.add(place, "0", [1]) } }
      #expect(said?.contains("refused") == true, "\(said ?? "accepted")")
      #expect(tree.isOutsideIntact && tree.names().isEmpty)
    }
  }

  @Test func nothingIsMadeThroughALink() throws {
    let tree = try UnpackedTree()
    try tree.apply { tar in
      tar.link("d", to: tree.outside)
      tar.link("up", to: "../outside")
      tar.link("f", to: tree.outside + "/kept")
    }
    for way in ["d/x", "up/x", "d/kept/x"] {
      for kind in ["0", "5", "2", "1", "6"] {
        let said = refusal { () throws(ArchiveError) in
          try tree.apply { $0.add(way, kind, [1], link: kind == "1" ? "f" : "t") }
        }
        #expect(said?.contains("no directory") == true, "\(way) \(kind): \(said ?? "accepted")")
      }
    }
    // What stands at the very place makes room.
    try tree.apply { tar in
      tar.add("f", "0", Array("new".utf8))
      tar.directory("d")
      tar.add("d/x", "0", [1])
    }
    try tree.complete()
    #expect(tree.contents("f") == "new" && tree.kind("d") == S_IFDIR && tree.names("d") == ["x"])
    #expect(tree.isOutsideIntact)
  }

  @Test func laterEntriesTakeThePlaceOfEarlierOnes() throws {
    let tree = try UnpackedTree()
    try tree.apply { tar in
      for name in ["one/deep/file", "two/file", "three"] { tar.add(name, "0", [1]) }
      tar.directory("four", mode: 0o500)
      tar.add("four/file", "0", [1])
    }
    try tree.apply { tar in
      tar.add("one", "0", Array("file".utf8))
      tar.link("two", to: "one")
      tar.directory("three")
      tar.directory("four", mode: 0o750)
      tar.add("four/more", "0", [1])
    }
    try tree.complete()
    #expect(tree.contents("one") == "file" && tree.target("two") == "one" && tree.kind("three") == S_IFDIR)
    #expect(tree.names("four") == ["file", "more"] && tree.mode("four") == 0o750)
  }

  @Test(arguments: ["../outside/kept", "/etc/passwd", "missing", "d/kept", "dir", "self", "."])
  func hardLinksStayInside(_ target: String) throws {
    let tree = try UnpackedTree()
    try tree.apply { tar in
      tar.link("d", to: tree.outside)
      tar.directory("dir")
    }
    let said = refusal { () throws(ArchiveError) in try tree.apply { $0.hardLink("self", to: target) } }
    #expect(said?.contains("refused") == true, "\(said ?? "accepted")")
    #expect(tree.kind("self") == nil && tree.isOutsideIntact)
  }

  @Test func hardLinkInAnImageMustLeadBelowRootfs() throws {
    let tree = try UnpackedTree()
    let said = refusal { () throws(ArchiveError) in
      try tree.apply(.image) { tar in
        tar.directory("rootfs")
        tar.hardLink("rootfs/x", to: "manifest")
      }
    }
    #expect(said?.contains("outside the root file system") == true, "\(said ?? "accepted")")
  }

  @Test func hardLinkToALinkIsTheLinkItself() throws {
    let tree = try UnpackedTree()
    try tree.apply { tar in
      tar.link("l", to: tree.outside + "/kept")
      tar.hardLink("h", to: "l")
    }
    #expect(tree.target("h") == tree.outside + "/kept" && tree.isOutsideIntact)
  }

  @Test func devicesFIFOsOwnersAndSetuidAreRootsAlone() throws {
    func fill(_ tar: inout MadeTar) {
      tar.add("null", "3", mode: 0o666, device: (1, 3))
      tar.add("disk", "4", device: (7, 0))
      tar.add("pipe", "6")
      tar.add("su", "0", [1], mode: 0o4755, owner: 12, group: 34)
      tar.add("sticky", "5", mode: 0o1777)
    }
    let plain = try UnpackedTree(asRoot: false)
    try plain.apply { fill(&$0) }
    try plain.complete()
    #expect(plain.names() == ["sticky", "su"] && plain.mode("su") == 0o755 && plain.mode("sticky") == 0o1777)
    #expect(plain.status("su")?.st_uid == getuid())
    #expect((plain.leftOut.devices, plain.leftOut.fifos, plain.leftOut.setuid) == (2, 1, 1))
    guard UnpackedTree.isRoot else { return print("skipped: devices and owners, which need root's rights") }
    let tree = try UnpackedTree()
    try tree.apply { fill(&$0) }
    try tree.complete()
    #expect(tree.kind("null") == S_IFCHR && tree.status("null")?.st_rdev == 0x103 && tree.mode("null") == 0o666)
    #expect(tree.kind("disk") == S_IFBLK && tree.kind("pipe") == S_IFIFO)
    #expect(tree.mode("su") == 0o4755 && tree.status("su")?.st_uid == 12 && tree.status("su")?.st_gid == 34)
    #expect(tree.leftOut == LeftOut())
  }

  @Test func extendedAttributesAreKeptAsFarAsTheyMayBe() throws {
    let capability: [UInt8] = [1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    for asRoot in [false, true] where !asRoot || UnpackedTree.isRoot {
      let tree = try UnpackedTree(asRoot: asRoot)
      try tree.apply { tar in
        tar.add(
          "f", "0", [1],
          records: [
            ("SCHILY.xattr.user.note", Array("n".utf8)), ("SCHILY.xattr.security.capability", capability),
            ("SCHILY.xattr.trusted.x", [1]), ("SCHILY.xattr.security.selinux", [1]),
          ])
      }
      let listed = try ChildProcess.run([
        "python3", "-c", "import os, sys; print(os.listxattr(sys.argv[1]))", tree.path("f"),
      ])
      // Not every file system keeps those of users.
      #expect(!listed.text.contains("trusted.x") && listed.text.contains("security.capability") == asRoot)
      if tree.leftOut.attributes == (asRoot ? 2 : 3) { #expect(listed.text.contains("user.note")) }
    }
  }

  @Test func directoriesThatNobodyMaySearchAreFilledAllTheSame() throws {
    let tree = try UnpackedTree(asRoot: false)
    try tree.apply { tar in
      tar.directory("locked", mode: 0)
      tar.add("locked/in/file", "0", [1], mode: 0)
      tar.directory("locked/in", mode: 0o111)
    }
    try tree.complete()
    #expect(tree.mode("locked") == 0)
    chmod(tree.path("locked"), 0o700)
    #expect(tree.mode("locked/in") == 0o111 && tree.mode("locked/in/file") == 0)
    chmod(tree.path("locked/in"), 0o700)
  }

  @Test func times() throws {
    let tree = try UnpackedTree()
    try tree.apply { tar in
      tar.add("old", "0", [1], records: [("mtime", Array("-1.5".utf8))])
      tar.add("owned", "0", [1], records: [("uid", Array("3000000".utf8)), ("gid", Array("7".utf8))])
    }
    #expect(tree.status("old")?.st_mtim.tv_sec == -2)
    if UnpackedTree.isRoot { #expect(tree.status("owned")?.st_uid == 3_000_000 && tree.status("owned")?.st_gid == 7) }
    for (key, value) in [("mtime", "now"), ("mtime", ""), ("uid", "-1"), ("gid", "x")] {
      let said = refusal { () throws(ArchiveError) in
        try tree.apply { $0.add("f", "0", [1], records: [(key, Array(value.utf8))]) }
      }
      #expect(said != nil, "\(key)=\(value)")
    }
  }
}
