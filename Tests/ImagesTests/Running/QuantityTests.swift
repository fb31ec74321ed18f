import Images
import Testing

@Suite("Amounts and volumes") struct QuantityTests {
  @Test(arguments: [
    ("1", 1000), ("500m", 500), ("1.5", 1500), ("128Mi", 134_217_728_000), ("1k", 1_000_000), ("1e3", 1_000_000),
    ("2Gi", 2_147_483_648_000), ("0.25", 250), ("1.5Ki", 1_536_000),
  ])
  func amount(_ text: String, _ thousandths: Int64) {
    #expect(Quantity(text)?.thousandths == thousandths)
  }

  @Test(arguments: [
    "", "0", "-1", "1X", "Mi", "1.", ".5", "1e", "1e99", "9999999999999999999", "9000000Pi", "1 Mi", "0x1",
  ])
  func noAmount(_ text: String) {
    #expect(Quantity(text) == nil)
  }

  @Test func volumesAreReadAsRktHadThem() throws {
    #expect(
      try Volume("data,kind=host,source=/srv") == Volume(name: "data", kind: .host(source: "/srv", isRecursive: true)))
    #expect(
      try Volume("data,kind=host,source=/srv,readOnly=true,recursive=false")
        == Volume(name: "data", kind: .host(source: "/srv", isRecursive: false), isReadOnly: true))
    #expect(
      try Volume("d-1,kind=empty,mode=0700,uid=5,gid=6")
        == Volume(name: "d-1", kind: .empty(mode: 0o700, owner: 5, group: 6)))
    #expect(try VolumeMount("volume=data,target=/srv").target == "/srv")
  }

  @Test(arguments: [
    "", "data", "Data,kind=empty", "data,kind=host", "data,kind=host,source=srv", "data,kind=other", "../x,kind=empty",
    "data,kind=empty,mode=9", "data,kind=empty,mode=10000", "data,kind=empty,uid=4294967295", "data,kind=empty,x=1",
    "data,kind=empty,kind=empty", "data,kind=host,source=/a,readOnly=yes", "data,kind=empty,source=/a",
    "a--b,kind=empty",
  ])
  func volumesThatAreNone(_ text: String) {
    #expect(throws: RunFailure.self) { try Volume(text) }
  }

  @Test func foldersAreReadAsDockerHasThem() throws {
    #expect(BoundFolder.isMeant(by: "/srv:/data") && !BoundFolder.isMeant(by: "data,kind=empty"))
    let folder = try BoundFolder("/srv:/data", number: 2)
    #expect(folder.volume == Volume(name: "folder-2", kind: .host(source: "/srv", isRecursive: true)))
    #expect(folder.mount.volume == "folder-2" && folder.mount.target == "/data")
    #expect(try BoundFolder("/srv:/data:ro", number: 1).volume.isReadOnly)
    #expect(try !BoundFolder("/srv:/data:rw", number: 1).volume.isReadOnly)
  }

  @Test(arguments: ["/srv", "/srv:data", "/srv:", "/srv:/data:", "/srv:/data:z", "/srv:/data:ro:ro"])
  func foldersThatAreNone(_ text: String) {
    #expect(throws: RunFailure.self) { try BoundFolder(text, number: 1) }
  }

  @Test(arguments: [
    "", "volume=data", "target=/x", "volume=data,target=x", "volume=Data,target=/x", "volume=a,target=/x,y=1",
  ])
  func mountsThatAreNone(_ text: String) {
    #expect(throws: RunFailure.self) { try VolumeMount(text) }
  }
}
