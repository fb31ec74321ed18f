import Glibc
import Images
import StrictJSON
import TestSupport
import Testing
import TrustModel

@Suite("Images as OCI layouts") struct LayoutExportTests {
  private let app = """
    ,"environment":[{"name":"A","value":"b"}],"workingDirectory":"/data","ports":[{"name":"web","protocol":"tcp","port":80,"count":2}],
    "mountPoints":[{"name":"work","path":"/scratch","readOnly":true}],"isolators":[{"name":"resource/memory","value":{"limit":"1G"}}],
    "eventHandlers":[{"name":"post-stop","exec":["/x"]}],"supplementaryGIDs":[4]
    """

  private func desk() throws -> RunDesk {
    let desk = try RunDesk()
    try desk.store(
      ProgramImage(
        app: app, user: "web", group: "web",
        more: #","annotations":[{"name":"created","value":"2020-01-02T03:04:05Z"}]"#
      ) { tar in
        tar.add("rootfs/tmp/owned", "0", [1], mode: 0o4711, owner: 12, group: 34)
        tar.hardLink("rootfs/tmp/again", to: "rootfs/tmp/owned")
        tar.add("rootfs/tmp/.wh.odd", "0", [1])
      })
    return desk
  }

  private func export(_ desk: RunDesk, _ arguments: [String]) throws -> ChildProcess.Outcome {
    try ChildProcess.run(desk.words("image export", arguments))
  }

  private func json(_ desk: RunDesk, _ path: String) throws -> JSON {
    try JSON.parse(try #require(desk.shop.machine.contents(path)))
  }

  private func blob(_ desk: RunDesk, _ descriptor: JSON?) throws -> JSON {
    let digest = try #require(descriptor?["digest"]?.string?.text)
    return try json(desk, "/oci/blobs/sha256/" + digest.dropFirst(7))
  }

  @Test func manifestAndSignatureAreCarriedOverAndTheRestIsNamed() throws {
    let desk = try desk()
    let outcome = try export(desk, ["--json", "example.com/box", "--oci", desk.shop.machine.located("/oci")])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let said = try JSON.parse(outcome.output)
    let losses = said["notCarriedOver"]?.array?.compactMap { $0.string?.text }.joined(separator: "\n") ?? ""
    for part in ["resource/memory", "post-stop", "supplementaryGIDs", "mount point work", "port web", ".wh."] {
      #expect(losses.contains(part) && outcome.errorText.contains(part), "\(part)")
    }
    let index = try json(desk, "/oci/index.json")["manifests"]?.array ?? []
    let manifest = try blob(desk, index.first)
    let config = try blob(desk, manifest["config"])
    #expect(config["created"]?.string == "2020-01-02T03:04:05Z" && config["os"]?.string == "linux")
    let run = config["config"]
    #expect(run?["User"]?.string == "web:web" && run?["WorkingDir"]?.string == "/data" && run?["Env"] == ["A=b"])
    #expect(run?["Entrypoint"] == ["/bin/sh"] && run?["Volumes"] == ["/scratch": [:]])
    #expect(run?["ExposedPorts"] == ["80/tcp": [:], "81/tcp": [:]] && run?["Labels"]?["version"]?.string == "1.0")
    #expect(manifest["annotations"]?["keyreeve.aci.signed-by"]?.string?.text == "\(desk.signer.fingerprint)")
    #expect(manifest["annotations"]?["keyreeve.aci.verdict"]?.string == "accepted")
    let artifact = try blob(desk, index.last)
    #expect(artifact["subject"]?["digest"] == index.first?["digest"] && said["digest"] == index.first?["digest"])
    let signature = try #require(artifact["layers"]?.array?.first?["digest"]?.string?.text)
    #expect(
      desk.shop.machine.contents("/oci/blobs/sha256/" + signature.dropFirst(7))
        == desk.shop.machine.contents("/image.aci.asc"))
  }

  @Test func theSameImageMakesTheSameLayoutThatOthersRead() throws {
    let desk = try desk()
    for name in ["/oci", "/oci2"] {
      #expect(try export(desk, ["example.com/box", "--oci", desk.shop.machine.located(name)]).status == 0)
    }
    let (first, second) = (desk.shop.machine.located("/oci"), desk.shop.machine.located("/oci2"))
    #expect(try ChildProcess.run(["diff", "-r", first, second]).status == 0)
    let inspected = try ChildProcess.run(["skopeo", "inspect", "oci:\(first):1.0"])
    #expect(inspected.status == 0 && inspected.text.contains("\"Architecture\""), "\(inspected.errorText)")
    let copied = try ChildProcess.run(["skopeo", "copy", "-q", "oci:\(first):1.0", "oci:\(first)-copy:x"])
    #expect(copied.status == 0, "\(copied.errorText)")
    // Another reader finds in the layer what the image holds.
    let manifest = try blob(desk, try json(desk, "/oci/index.json")["manifests"]?.array?.first)
    let layer = try #require(manifest["layers"]?.array?.first?["digest"]?.string?.text)
    let listed = try ChildProcess.run(
      ["tar", "--numeric-owner", "-tvzf", "\(first)/blobs/sha256/\(layer.dropFirst(7))"])
    #expect(listed.text.contains("-rws--x--x 12/34") && listed.text.contains("link to tmp/owned"), "\(listed.text)")
    #expect(!listed.text.contains("rootfs") && !listed.text.contains("manifest") && !listed.text.contains(".wh."))
  }

  @Test func theLayoutAppearsWholeOrNotAtAll() throws {
    let desk = try desk()
    let path = desk.shop.machine.located("/oci")
    try desk.shop.machine.makeDirectory("/oci")
    #expect(try export(desk, ["example.com/box", "--oci", path]).status == 3)
    #expect(try export(desk, ["example.com/box", "--oci", path, "--overwrite"]).status == 2)
    #expect(try export(desk, ["example.com/box", "--oci", "/nowhere/at/all"]).status == 1)
    rmdir(path)
    try desk.shop.machine.mask(desk.signer.fingerprint)
    #expect(try export(desk, ["example.com/box", "--oci", path]).status == 13)
    let names = try #require(desk.shop.machine.names(in: "/"))
    #expect(!names.contains("oci") && !names.contains { $0.contains(".keyreeve-") }, "\(names)")
    #expect(try export(desk, ["--insecure-options=image", "example.com/box", "--oci", path]).status == 0)
    let manifest = try blob(desk, try json(desk, "/oci/index.json")["manifests"]?.array?.first)
    #expect(manifest["annotations"]?["keyreeve.aci.verdict"]?.string == "untrusted")
  }
}
