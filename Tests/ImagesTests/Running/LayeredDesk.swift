import Images
import StrictJSON
import TestSupport
import Testing

/// Container images given to a runtime that writes down what it got, and runs nothing.
struct LayeredDesk {
  let desk: RunDesk
  /// The bundle's configuration.
  let bundle: JSON

  init(_ layers: [MadeTar], _ config: String, _ wishes: RunWishes = RunWishes()) throws {
    desk = try RunDesk()
    let machine = desk.shop.machine
    let script = "#!/bin/sh\n[ \"$3\" = run ] || exit 0\ncp -a \"$5\" \(machine.located("/seen"))\n"
    let runtime = machine.located(try machine.write("/runtime", Array(script.utf8), mode: 0o755))
    let runner = ImageRunner(desk.shop.images, by: try ContainerRuntime(runtime, searchPath: ""), wishes) { _ in }
    let parts: [LayeredImage.Layer] = layers.map { layer in
      { feed in
        let octets = layer.octets
        try octets.withUnsafeBytes { try feed($0) }
      }
    }
    _ = try runner.run(LayeredImage(name: "app", configuration: Array(config.utf8), layers: parts))
    bundle = try JSON.parse(try #require(machine.contents("/seen/config.json")))
  }

  /// What is in a directory of the root file system.
  func names(_ directory: String) -> [String] { desk.shop.machine.names(in: "/seen/rootfs/" + directory) ?? [] }

  /// What is mounted at a path.
  func mount(_ path: String) -> JSON? {
    bundle["mounts"]?.array?.first { $0["destination"]?.string?.text == path }
  }
}
