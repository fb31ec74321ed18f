import Glibc
import Images
import StrictJSON
import TestSupport
import TrustModel
import TrustVerify

@testable import struct Images.RunFailure

/// An image with a static busybox, for tests that really run it.
struct ProgramImage {
  var name = "example.com/box"
  var labels = #"{"name":"version","value":"1.0"},{"name":"os","value":"linux"}"#
  /// Members of the manifest's `app`, behind exec, user and group.
  var app = ""
  var exec = #"["/bin/sh"]"#
  var user = "0"
  var group = "0"
  /// Members of the manifest.
  var more = ""
  var hasProgram = true
  /// More entries.
  var entries: (inout MadeTar) -> Void = { _ in }

  private static let busybox: [UInt8] = {
    let file = open("/bin/busybox", O_RDONLY)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var octets = [UInt8](repeating: 0, count: 4 << 20)
    let count = read(file, &octets, octets.count)
    return Array(octets.prefix(max(0, count)))
  }()

  /// The archive, not compressed.
  var octets: [UInt8] {
    var tar = MadeTar()
    tar.directory("rootfs")
    if hasProgram {
      for name in ["bin", "etc", "data"] { tar.directory("rootfs/" + name) }
      tar.directory("rootfs/tmp", mode: 0o1777)
      tar.add("rootfs/bin/busybox", "0", Self.busybox, mode: 0o755)
      for name in ["sh", "id", "cat", "echo", "sleep", "ls", "touch", "mkdir", "hostname", "stat", "env", "grep"] {
        tar.link("rootfs/bin/" + name, to: "busybox")
      }
      tar.add(
        "rootfs/etc/passwd", "0", Array("root:x:0:0::/root:/bin/sh\nweb:x:500:501::/home/web:/bin/sh\n".utf8))
      tar.add("rootfs/etc/group", "0", Array("root:x:0:\nweb:x:501:\n".utf8))
    }
    entries(&tar)
    let program = hasProgram ? #","app":{"exec":\#(exec),"user":"\#(user)","group":"\#(group)"\#(app)}"# : ""
    let manifest =
      #"{"acKind":"ImageManifest","acVersion":"0.8.11","name":"\#(name)","labels":[\#(labels)]\#(program)\#(more)}"#
    tar.add("manifest", "0", Array(manifest.utf8))
    return tar.octets
  }

  /// The same image with something changed.
  func with(_ change: (inout ProgramImage) -> Void) -> ProgramImage {
    var copy = self
    change(&copy)
    return copy
  }
}

/// A machine on which images are run by the program itself.
struct RunDesk {
  let shop: Shop
  let signer: Signer
  private let program: String

  init() throws {
    (shop, signer) = (try Shop(), try Signer.fit())
    try shop.trust(signer)
    guard let program = BuiltProgram.path("keyreeve") else {
      throw ChildProcess.Failure.system("keyreeve is not built beside the tests", ENOENT)
    }
    self.program = program
  }

  /// Whether runc runs something here; says so where it does not.
  static let canRun: Bool = {
    guard let outcome = try? RunDesk().trial(), outcome.status == 0 else {
      print("skipped: no image runs on this machine (runc, busybox-static and root's rights are needed)")
      return false
    }
    return true
  }()

  private func trial() throws -> ChildProcess.Outcome {
    try store(ProgramImage(exec: #"["/bin/busybox","true"]"#))
    return try run(["example.com/box"])
  }

  /// Stores an image; returns its record.
  @discardableResult
  func store(_ image: ProgramImage, at path: String = "/image.aci") throws -> ImageRecord {
    let fetched = try shop.fetch(try shop.put(image.octets, signedBy: signer, at: path))
    guard let record = fetched.record else { throw RunFailure(.failed, fetched.verdict.message) }
    return record
  }

  /// `keyreeve` with these words on this machine.
  func words(_ command: String, _ arguments: [String]) -> [String] {
    [program] + command.split(separator: " ").map(String.init) + ["--sysroot", shop.machine.path] + arguments
  }

  func run(_ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]) throws
    -> ChildProcess.Outcome
  {
    try ChildProcess.run(
      words("run", arguments), environment: ChildProcess.cleanEnvironment.merging(environment) { $1 }, input: input)
  }

  /// Runs a shell line in an image.
  func shell(_ line: String, _ options: [String] = [], image: String = "example.com/box") throws -> ChildProcess.Outcome
  {
    try run(options + [image, "--", "-c", line])
  }

  /// What is left of runs.
  var leftovers: [String] { (shop.machine.names(in: "/var/lib/keyreeve/runs") ?? []).filter { $0 != "lock" } }
}
