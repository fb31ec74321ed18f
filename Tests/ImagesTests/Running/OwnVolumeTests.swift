import Images
import StrictJSON
import TestSupport
import Testing

/// What a container image has at the places that it calls volumes, and in its list of users.
@Suite("Volumes and users of container images") struct OwnVolumeTests {
  private static let config =
    #"{"config":{"Cmd":["/bin/app"],"Volumes":{"/data":{},"/none":{},"/link":{},"/link/deep":{}}}}"#

  private func desk(_ wishes: RunWishes = RunWishes()) throws -> LayeredDesk {
    var tar = MadeTar()
    tar.add("bin/app", "0", [1], mode: 0o755)
    tar.add("data/kept", "0", [1])
    tar.link("link", to: "/etc")
    return try LayeredDesk([tar], Self.config, wishes)
  }

  @Test func whatTheImageHasThereIsSeen() throws {
    let desk = try desk()
    #expect(desk.mount("/data") == nil && desk.names("data") == ["kept"])
    // What it does not have, or has behind a link, is an empty volume.
    for path in ["/none", "/link", "/link/deep"] {
      #expect(desk.mount(path)?["source"]?.string?.text.contains("/volumes/") == true, "\(path)")
    }
  }

  @Test func itCanBeWrittenWhereTheImageCannot() throws {
    var wishes = RunWishes()
    wishes.isReadOnly = true
    let mount = try #require(try desk(wishes).mount("/data"))
    #expect(mount["source"]?.string?.text.hasSuffix("/bundle/rootfs/data") == true)
    #expect(mount["options"]?.array?.contains("rw") == true)
  }

  @Test func aVolumeOfAPersonTakesItsPlace() throws {
    var wishes = RunWishes()
    wishes.volumes = [try Volume("data,kind=empty")]
    #expect(try desk(wishes).mount("/data")?["source"]?.string?.text.hasSuffix("/volumes/data") == true)
  }

  @Test func usersAreFoundInFilesWithForeignLineEnds() throws {
    var tar = MadeTar()
    tar.add("etc/passwd", "0", Array("root:x:0:0::/root:/bin/sh\r\nweb:x:500:501::/home/web:/bin/sh\r\n".utf8))
    let desk = try LayeredDesk([tar], #"{"config":{"User":"web","Cmd":["/bin/app"]}}"#)
    #expect(desk.bundle["process"]?["user"] == ["uid": 500, "gid": 501, "additionalGids": []])
  }
}
