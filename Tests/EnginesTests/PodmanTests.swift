import TestSupport
import Testing

/// The same with podman, which asks no daemon.
@Suite("keyreeve docker with podman", .serialized, SharedEngine(), .timeLimit(.minutes(10)))
final class PodmanTests {
  private let desk: EngineDesk
  private let folder: TemporaryDirectory

  init() throws {
    desk = try #require(EngineDesk.shared)
    folder = try TemporaryDirectory(prefix: "kr-podman")
    // Podman wants the file where the variable names its folder.
    try desk.owner.machine.write("/home/.docker/config.json", Array("{}".utf8))
  }

  /// Runs it with a storage of its own.
  private func podman(_ machine: EngineMachine, _ line: String, own: [String] = [], status: Int32 = 0) throws
    -> ChildProcess.Outcome
  {
    let words = [
      "--root", folder.path + "/root", "--runroot", folder.path + "/run", "--storage-driver", "vfs", "--cgroup-manager",
      "cgroupfs",
    ]
    return try machine.keyreeve(
      ["--engine", "podman"] + own, words + line.split(separator: " ").map(String.init), status: status)
  }

  @Test("Pulled, built upon, and pushed by the signed digest")
  func moved() throws {
    let name = try desk.push(["v1"], to: "podman")
    let digest = try #require(try desk.owner.signed(name)["v1"])
    let owner = desk.owner
    let pulled = try podman(owner, "pull --tls-verify=false \(name):v1")
    #expect(pulled.text.hasPrefix("Pull (1 of 1): \(name):v1@\(digest)\n"))
    #expect(try podman(owner, "images --format {{.Repository}}:{{.Tag}}").text.contains("\(name):v1\n"))
    #expect(
      try podman(owner, "pull --tls-verify=false docker://\(name):v2", status: 10).errorText.contains(
        "refused (unsigned)"))
    _ = try folder.write(
      "Containerfile",
      Array(
        "# syntax=example.com/unsigned:v1\nFROM \(name):v1 AS unneeded\nFROM \(name):v1\nCOPY Containerfile /\n".utf8))
    _ = try podman(owner, "build --tls-verify=false -t \(name):v2 \(folder.path)")
    _ = try podman(owner, "build --skip-unused-stages=false \(folder.path)", status: 2)
    _ = try folder.write("Containerfile", Array("FROM \(name):v9\n".utf8))
    _ = try podman(owner, "build --tls-verify=false -t \(name):v3 \(folder.path)", status: 10)
    _ = try podman(owner, "push --tls-verify=false \(name):v2")
    let signed = try #require(try owner.signed(name)["v2"])
    #expect(try owner.docker("pull \(name):v2").contains(signed))
    _ = try podman(owner, "push --tls-verify=false \(name):v2 docker://\(name):v4")
    #expect(try owner.signed(name)["v4"] == signed)
  }

  @Test("A container is made of the signed digest")
  func created() throws {
    let name = try desk.pushProgram(to: "podman-run")
    let digest = try #require(try desk.owner.signed(name)["v1"])
    let made = try podman(desk.owner, "create --tls-verify=false --network none --name made \(name):v1 5")
    #expect(made.errorText.contains("Tagging \(name)@\(digest) as \(name):v1"))
    #expect(try podman(desk.owner, "container inspect --format {{.ImageName}} made").text == "\(name)@\(digest)\n")
    _ = try podman(desk.owner, "run --tls-verify=false --pod-id-file=/x \(name):v2", status: 10)
    let folder = try podman(desk.owner, "create --rootfs --network none \(folder.path) /x")
    #expect(folder.errorText.contains("is a folder: nothing of it was checked"))
  }
}
