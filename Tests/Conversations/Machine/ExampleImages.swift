import TestSupport
import TrustModel

/// The images of the example machine: one that is good, and one for each way in which an image is not.
enum ExampleImages {
  /// File names below `/images` and their contents, signatures included; made once in a run.
  static let files = Result { try make() }

  private static func make() throws -> [(name: String, octets: [UInt8])] {
    let hello = try archive(["hello"])
    var files = [
      ("hello.aci", hello), ("hello.aci.asc", try signature(of: hello, by: .release)),
      ("unsigned.aci", hello), ("garbage.aci", hello), ("garbage.aci.asc", Array("no signature\n".utf8)),
      ("good.sig", try signature(of: hello, by: .release, armored: false)),
    ]
    func add(_ name: String, _ octets: [UInt8], by key: ExampleKey, _ recipe: MadeSignature = .detached) throws {
      files += [("\(name).aci", octets), ("\(name).aci.asc", try signature(of: octets, by: key, recipe))]
    }
    try add("unknown", hello, by: .builder)
    try add("other-prefix", hello, by: .site)
    try add("disabled", hello, by: .archive2019)
    try add("expired", hello, by: .builds, .detached.with { $0.created = Timestamp(rfc3339: "2019-05-01T12:00:00Z") })
    try add("revoked", hello, by: .harbour)
    try add("weak", hello, by: .tools)
    try add("weak-hash", hello, by: .release, .detached.with { $0.hash = .sha1 })
    try add("future", hello, by: .release, .detached.with { $0.created = Moment.future })
    try add("two-manifests", try archive(["hello", "hello"]), by: .release)
    try add("not-an-archive", Array("neither tar nor anything\n".utf8), by: .release)
    files += [("tampered.aci", hello + [0]), ("tampered.aci.asc", try signature(of: hello, by: .release))]
    let small = try ChildProcess.run(["gzip", "-nc"], input: hello).output
    try add("compressed", small, by: .release)
    return files
  }

  private static func signature(
    of octets: [UInt8], by key: ExampleKey, _ recipe: MadeSignature = .detached, armored: Bool = true
  ) throws -> [UInt8] {
    let packet = try recipe.packet(by: try key.certificate().primary, over: .data(octets))
    return armored ? MadeArmor.signature.wrap(packet) : packet
  }

  /// An archive of `manifest` and `rootfs`, the manifest as many times as told.
  private static func archive(_ manifests: [String]) throws -> [UInt8] {
    let folder = try TemporaryDirectory()
    try folder.mkdir("rootfs/bin")
    try folder.write("rootfs/bin/hello", Array("#!/bin/sh\necho hello\n".utf8), mode: 0o755)
    try folder.write("manifest", Array(manifest.utf8))
    let fixed = ["--format=ustar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@1577836800"]
    let names = manifests.map { _ in "manifest" } + ["rootfs"]
    let outcome = try ChildProcess.run(
      ["tar", "-C", folder.path] + fixed + ["--hard-dereference", "-cf", "-"] + names)
    return outcome.output
  }

  private static let manifest = """
    {
      "acKind": "ImageManifest", "acVersion": "0.8.11", "name": "example.com/hello",
      "labels": [
        {"name": "version", "value": "0.0.1"}, {"name": "os", "value": "linux"}, {"name": "arch", "value": "amd64"}
      ],
      "app": {"exec": ["/bin/hello"], "user": "0", "group": "0"}
    }
    """
}
