import Glibc
import Publishing
import TestSupport
import Testing
import TrustModel

@Suite("Images built out of a folder")
struct ImageBuildTests {
  @Test("actool takes them, and builds the same entries out of the same folder", arguments: ImageCompression.allCases)
  func actool(_ compression: ImageCompression) throws {
    let desk = try BuildDesk()
    try desk.fill()
    let built = try desk.build { $0.compression = compression }
    let validated = try ChildProcess.run(["actool", "validate", desk.path("out.aci")])
    #expect(validated.status == 0, "\(validated.errorText)")
    let peer = try ChildProcess.run(["actool", "build", desk.image, desk.path("peer.aci")])
    #expect(peer.status == 0, "\(peer.errorText)")
    let ours = try desk.listing("out.aci")
    // The manifest actool writes anew, at the moment of packing.
    func others(_ listing: String) -> [Substring] {
      listing.split(separator: "\n").filter { !$0.hasPrefix("('manifest'") }
    }
    #expect(try others(ours) == others(desk.listing("peer.aci")))
    #expect(ours.split(separator: "\n").count == built.entries)
  }

  @Test("GNU tar reads them, owners and all, and unpacks the same tree")
  func tar() throws {
    let desk = try BuildDesk()
    try desk.fill()
    _ = try desk.build()
    try desk.folder.mkdir("unpacked")
    let unpacked = try ChildProcess.run([
      "tar", "-xpf", desk.path("out.aci"), "--same-owner", "-C", desk.path("unpacked"),
    ])
    #expect(unpacked.status == 0, "\(unpacked.errorText)")
    let compare = "cd \(desk.image) && find . -printf '%p %y %m %U %G %T@ %l %n\\n' | sed 's/[.][0-9]*0 / /' | sort"
    let here = try ChildProcess.run(["sh", "-c", compare]).text
    let there = try ChildProcess.run(["sh", "-c", compare.replacing(desk.image, with: desk.path("unpacked"))]).text
    // Times are kept in whole seconds.
    func whole(_ text: String) -> [String] {
      text.split(separator: "\n").map {
        $0.split(separator: " ").map { String($0.prefix { $0 != "." || $0.isLetter }) }.joined(separator: " ")
      }
    }
    #expect(whole(here).count == whole(there).count)
    #expect(
      try ChildProcess.run(["diff", "-r", "--no-dereference", "--exclude=pipe", desk.image, desk.path("unpacked")])
        .status == 0)
  }

  @Test("The same folder makes the same octets, whenever it was written and in whatever order")
  func reproducible() throws {
    var files: [[UInt8]] = []
    for order in [["b", "a", "c"], ["c", "b", "a"]] {
      let desk = try BuildDesk()
      for name in order {
        try desk.shell("echo \(name) >etc/\(name); touch -d @\(1_000_000 + files.count) etc/\(name)")
      }
      try desk.shell("ln etc/\(order[0] == "b" ? "a" : "z") etc/z 2>/dev/null || ln etc/a etc/z")
      let built = try desk.build {
        ($0.time, $0.owner) = (1_700_000_000, ImageBuild.Owner("0:0"))
      }
      #expect(built.entries == 7)
      files.append(try ChildProcess.run(["cat", desk.path("out.aci")]).output)
      #expect(try desk.listing("out.aci").split(separator: "\n").allSatisfy { $0.contains("0, 0, 1700000000,") })
    }
    #expect(files[0] == files[1])
  }

  @Test("The manifest comes first, and its id is that of the uncompressed archive")
  func order() throws {
    let desk = try BuildDesk()
    let built = try desk.build { $0.compression = .none }
    let sum = try ChildProcess.run(["sha512sum", desk.path("out.aci")]).text.split(separator: " ")[0]
    #expect(built.id.description == "sha512-" + sum)
    let names = try ChildProcess.run(["tar", "-tf", desk.path("out.aci")]).text.split(separator: "\n")
    #expect(names == ["manifest", "rootfs", "rootfs/etc"])
    #expect(built.name.description == "example.com/hello" && built.labels["version"] == "1.0")
  }

  @Test("What no image holds is named all at once, and nothing is left")
  func obstacles() throws {
    let desk = try BuildDesk()
    try desk.shell(
      "mknod etc/null c 1 3; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"sock\")'; : >\"$(printf 'a\\nb')\""
    )
    let found = problem { _ = try desk.build() }
    #expect(found?.reason == .usage)
    for word in ["rootfs/etc/null is a device", "--devices", "rootfs/sock is a socket", "control characters"] {
      #expect(found?.description.contains(word) == true, "\(String(describing: found))")
    }
    #expect(try desk.folder.list() == ["image"])
    try desk.shell("rm sock; rm a*")
    #expect(try desk.build { $0.packsDevices = true }.notes.contains { $0.contains("device: 1") })
    #expect(try desk.listing("out.aci").contains("'rootfs/etc/null', b'3', '0o644', 0, 0,"))
    #expect(try desk.listing("out.aci").contains("1, 3)"))
  }

  @Test("A manifest that breaks rules, a folder with more in it, and an image that is there")
  func refusals() throws {
    let desk = try BuildDesk(manifest: #"{"acKind":"ImageManifest","acVersion":"x","name":"A"}"#)
    let found = problem { _ = try desk.build() }
    #expect(found?.reason == .malformed && found?.description.contains("acVersion") == true)
    #expect(found?.description.contains("upper-case") == true)
    let other = try desk.folder.write("other", Array(BuildDesk.manifest.utf8))
    _ = try desk.build { $0.manifest = other }
    #expect(problem { _ = try desk.build { $0.manifest = other } }?.reason == .declined)
    _ = try desk.build { ($0.manifest, $0.isReplacing) = (other, true) }
    try desk.folder.write("image/manifest", Array(BuildDesk.manifest.utf8))
    try desk.folder.write("image/README", [])
    #expect(problem { _ = try desk.build("b.aci") }?.description.contains("'README'") == true)
    #expect(problem { _ = try desk.build("no/such.aci") { $0.manifest = other } }?.reason == .failed)
    #expect(problem { _ = try desk.build("b.aci") { $0.manifest = "/nowhere" } }?.reason == .notFound)
    try desk.shell("cd ..; rmdir rootfs/etc rootfs; : >rootfs")
    #expect(
      problem { _ = try desk.build("b.aci") { $0.manifest = other } }?.description.contains("rootfs is no directory")
        == true)
    #expect(try desk.folder.list() == ["image", "other", "out.aci"])
  }

  @Test("A root file system as deep as the limit, and one level more")
  func depth() throws {
    let desk = try BuildDesk()
    func nest(_ levels: Int) throws {
      try desk.shell("rm -rf d; mkdir -p \(Array(repeating: "d", count: levels).joined(separator: "/"))")
    }
    try nest(PublishingLimits.depth - 1)
    _ = try desk.build()
    try nest(PublishingLimits.depth)
    #expect(problem { _ = try desk.build { $0.isReplacing = true } }?.description.contains("deeper") == true)
  }

  @Test("What the reader of images refuses gets no name: little but zeros, more than it would inflate")
  func readBack() throws {
    let desk = try BuildDesk()
    try desk.shell("truncate -s 64M etc/zeros")
    _ = try desk.build { $0.compression = .none }
    let found = problem { _ = try desk.build("zeros.aci") { $0.compression = .xz } }
    #expect(found?.reason == .malformed && found?.description.contains("not read back") == true)
    #expect(try desk.folder.list() == ["image", "out.aci"])
  }

  @Test("Owners are numbers")
  func owners() {
    #expect(ImageBuild.Owner("1:4294967295")?.group == .max)
    for text in ["", "0", "0:", ":0", "-1:0", "0:4294967296", "root:root", "0:0:0"] {
      #expect(ImageBuild.Owner(text) == nil)
    }
  }
}
