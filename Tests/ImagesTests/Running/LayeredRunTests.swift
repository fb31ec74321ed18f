import Glibc
import Images
import StrictJSON
import TestSupport
import Testing
import TrustModel

@Suite("Running container images") struct LayeredRunTests {
  private struct Broken: Error {}

  /// Runs layers by a runtime that only writes down what it was given.
  private func run(
    _ layers: [MadeTar], _ config: String, _ wishes: RunWishes = RunWishes(), broken: Bool = false
  ) throws -> (desk: RunDesk, json: JSON?, notes: [String]) {
    let desk = try RunDesk()
    let seen = desk.shop.machine.located("/seen")
    let script = "#!/bin/sh\n[ \"$3\" = run ] || exit 0\ncp -a \"$5\" \(seen)\n"
    let runtime = desk.shop.machine.located(try desk.shop.machine.write("/runtime", Array(script.utf8), mode: 0o755))
    var notes: [String] = []
    let runner = ImageRunner(
      desk.shop.images, by: try ContainerRuntime(runtime, searchPath: ""), wishes
    ) { notes.append($0) }
    let parts: [LayeredImage.Layer] = layers.map { layer in
      { feed in
        let octets = layer.octets
        try octets.withUnsafeBytes { piece in try feed(piece) }
        if broken { throw Broken() }
      }
    }
    _ = try runner.run(LayeredImage(name: "app", configuration: Array(config.utf8), layers: parts))
    return (desk, try desk.shop.machine.contents("/seen/config.json").map { try JSON.parse($0) }, notes)
  }

  private var base: MadeTar {
    var tar = MadeTar()
    for name in ["bin/app", "old", "dir/gone"] { tar.add(name, "0", [1], mode: 0o755) }
    tar.add("etc/passwd", "0", Array("web:x:500:501::/home/web:/bin/sh\n".utf8))
    return tar
  }

  @Test func layersComeOverEachOtherAndTheConfigurationIsKept() throws {
    var upper = MadeTar()
    upper.add(".wh.old")
    upper.add("dir/.wh..wh..opq")
    upper.add("dir/new", "0", [1])
    let config =
      #"{"config":{"User":"web","Entrypoint":["/bin/app"],"Cmd":["serve"],"Env":["A=b"],"WorkingDir":"/dir","Volumes":{"/var/lib/Data":{}},"ExposedPorts":{"80/tcp":{}}}}"#
    var wishes = RunWishes()
    wishes.volumes = [try Volume("var-lib-data,kind=empty")]
    let (desk, json, notes) = try run([base, upper], config, wishes)
    #expect(desk.shop.machine.names(in: "/seen/rootfs") == ["bin", "dir", "etc"])
    #expect(desk.shop.machine.names(in: "/seen/rootfs/dir") == ["new"])
    #expect(json?["process"]?["args"] == ["/bin/app", "serve"] && json?["process"]?["cwd"]?.string == "/dir")
    #expect(json?["process"]?["user"] == ["uid": 500, "gid": 501, "additionalGids": []])
    #expect(json?["process"]?["env"]?.array?.contains("A=b") == true)
    #expect(
      json?["mounts"]?.array?.last?["destination"]?.string == "/var/lib/Data" && notes.contains { $0.contains("80") })
    #expect(desk.leftovers.isEmpty)
  }

  @Test func aPersonsWordsTakeThePlaceOfCmd() throws {
    let config = #"{"config":{"Entrypoint":["/bin/app"],"Cmd":["serve"]}}"#
    var wishes = RunWishes()
    wishes.arguments = ["other"]
    #expect(try run([base], config, wishes).json?["process"]?["args"] == ["/bin/app", "other"])
    wishes.program = "/bin/sh"
    #expect(try run([base], config, wishes).json?["process"]?["args"] == ["/bin/sh", "other"])
  }

  @Test func aLayerThatIsNotWhatItsDigestSaysIsTakenAway() throws {
    #expect(throws: RunFailure.self) { try run([base], #"{"config":{"Cmd":["/bin/app"]}}"#, broken: true) }
  }

  @Test(arguments: [
    "", "[]x", #"{"config":{"Cmd":"x"}}"#, #"{"config":{"Cmd":[1]}}"#, #"{"config":{"Cmd":["x"],"Env":["=x"]}}"#,
    #"{"config":{"Cmd":["x"],"WorkingDir":"x"}}"#, #"{"config":{"Cmd":["x"],"Volumes":{"x":{}}}}"#, #"{"config":{}}"#,
    #"{"config":{"Cmd":["x"],"Volumes":{"/a/../../b":{}}}}"#, #"{"config":{"Cmd":["x"],"User":"nobody-here"}}"#,
  ])
  func configurationsThatAreRefused(_ config: String) throws {
    #expect(throws: RunFailure.self) { try run([base], config) }
  }
}
