import TestSupport
import Testing

/// Dockerfiles that podman reads otherwise than BuildKit: it would take the unsigned image.
extension EvasionTests {
  private var storage: [String] {
    [
      "--root", folder.path + "/root", "--runroot", folder.path + "/run", "--storage-driver", "vfs", "--cgroup-manager",
      "cgroupfs",
    ]
  }

  private func build(_ text: String, _ options: [String] = [], status: Int32) throws {
    _ = try folder.write("Containerfile", Array(text.utf8))
    let words = storage + ["build", "--isolation", "chroot", "--tls-verify=false"] + options + [folder.path]
    try desk.owner.keyreeve(["--engine", "podman"], words, status: status)
  }

  private func has(_ name: String) throws -> Bool {
    try ChildProcess.run(["podman"] + storage + ["image", "exists", name]).status == 0
  }

  @Test("Podman's directives, here-documents, names of stages and contexts")
  func readings() throws {
    try desk.owner.machine.write("/home/.docker/config.json", Array("{}".utf8))
    let name = try desk.push(["v1"], to: "readings")
    try desk.engine.makeImage("\(name):v2", holding: "nobody's")
    try desk.owner.docker("push \(name):v2", trusting: false)
    let (signed, unsigned) = ("\(name):v1", "\(name):v2")
    try build("# syntax=x\n# escape=`\nFROM \(signed)\nLABEL a=`\nFROM \(unsigned)\n", status: 18)
    try build("FROM \(signed)\nCOPY <<EOF /x\nFROM \(unsigned)\nEOF\n", status: 18)
    try build("FROM \(signed) AS Base\nFROM base\n", status: 18)
    try build("FROM \(unsigned) AS x\nFROM \(signed) AS x\nFROM \(signed)\nCOPY --from=x /words /y\n", status: 18)
    try build("FROM x\n", ["--build-context", "x=docker://\(unsigned)"], status: 10)
    try build("FROM \(unsigned) AS x\n", ["--build-context", "x=docker-image://\(signed)"], status: 10)
    try build("FROM \(signed)\n", ["--build-arg-file=/dev/null"], status: 2)
    #expect(try !has(unsigned))
    try build(
      "FROM x AS y\nLABEL a=b\nFROM y\nCOPY --from=0 /words /y\n", ["--build-context", "x=docker://\(signed)"],
      status: 0)
    try desk.owner.keyreeve(
      ["--engine", "podman"],
      storage + [
        "create", "--tls-verify=false", "--net", "none", "--mount", "\"type=image\",\"source=\(unsigned)\",target=/x",
        signed,
      ],
      status: 2)
  }
}
