import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import Testing
import TrustModel

/// Files among the changes that wait which are no changes: named and taken away, and no part of the rest is published.
@Suite("Files that are no changes", .timeLimit(.minutes(3)))
struct StagedFileTests {
  private static let list = "/home/.docker/trust/tuf/\(FolderDesk.name)/changelist"
  private static let folder = ["--trust-dir", "/home/.docker/trust"]

  private enum Bad: String, CaseIterable { case large, link, fifo, directory, json, role, name, path }

  private static func text(_ role: String, _ name: String, type: String = "target") -> [UInt8] {
    let data = type == "target" ? #"{"hashes":{"sha256":"\#(String(repeating: "A", count: 43))="},"length":1}"# : name
    let digits = String(decoding: Base64.encode(Array(data.utf8)), as: UTF8.self)
    let path = type == "target" ? name : ""
    return Array(
      #"{"action":"create","role":"\#(role)","type":"\#(type)","path":"\#(path)","data":"\#(digits)"}"#.utf8)
  }

  private func write(_ bad: Bad, _ file: String, _ desk: FolderDesk) throws {
    switch bad {
    case .large: try desk.machine.write(file, [UInt8](repeating: 0x20, count: (1 << 20) + 1))
    case .link:
      try desk.machine.write("/secret", Self.text("targets", "secret"))
      try desk.machine.link(file, to: desk.machine.located("/secret"))
    case .fifo: try desk.machine.makeFIFO(file)
    case .directory:
      try desk.machine.write(file + "/below/file", [1])
      try desk.machine.link(file + "/below/link", to: desk.machine.located("/home"))
    case .json: try desk.machine.write(file, Array("{".utf8))
    case .role: try desk.machine.write(file, Self.text("../../root", "x"))
    case .name: try desk.machine.write(file, Self.text("targets", #"a\u0007b"#))
    case .path:
      try desk.machine.write(
        file, Self.text("targets/alice", #"{"threshold":1,"add_paths":["a\u0007"]}"#, type: "delegation"))
    }
  }

  @Test(
    "The others are listed, the bad one is named, nothing is published, and it can be taken away",
    arguments: Bad.allCases)
  private func bad(_ bad: Bad) throws {
    let desk = try FolderDesk()
    try desk.makeRepository()
    try desk.sign("good", "a", "--stage", "--role", "targets")
    try write(bad, Self.list + "/2.change", desk)
    let status = try desk.content("status", Self.folder, server: [])
    let lines = status.text.split(separator: "\n")
    #expect(lines.contains { $0.contains("sign good in targets as sha256:aaaa") }, "\(status.text)")
    let reason: String =
      switch bad {
      case .large: "larger than 1048576 octets"
      case .link: "is a symbolic link, which is not followed"
      case .fifo, .directory: "is not a regular file"
      case .json: "JSON"
      case .role: "its role is none that signs targets: ../../root"
      case .name: "the name 'a<U+0007>b' cannot be signed: it has control characters"
      case .path: "the path 'a<U+0007>' cannot be delegated: it has control characters"
      }
    #expect(lines.contains { $0.contains("2.change cannot be used: ") && $0.contains(reason) }, "\(status.text)")
    let refused = try desk.change("publish", "--trust-dir", "/home/.docker/trust", status: 1)
    #expect(refused.errorText.contains("nothing was published") && refused.errorText.contains("2.change"))
    #expect(refused.errorText.contains(reason), "\(refused.errorText)")
    #expect(try desk.read().roles[0].document.targets["good"] == nil)
    // What is suggested works as it stands.
    let command = FolderDesk.suggested(refused.errorText)
    #expect(command.contains("/home/.docker/trust"), "\(command)")
    #expect(try desk.run(command.filter { $0 != "--sysroot" && $0 != desk.machine.path }).status == 0, "\(command)")
    #expect(desk.machine.names(in: Self.list)?.count == 1)
    #expect(desk.machine.names(in: "/home/.docker") != nil)
    if bad == .link { #expect(desk.machine.contents("/secret") != nil) }
    try desk.change("publish")
    #expect(try desk.read().roles[0].document.targets["good"] != nil)
  }

  @Test("A name as long as may be is staged, and one octet more is not; nor is a repository begun with a part")
  func limits() throws {
    let desk = try FolderDesk()
    for (length, isGood) in [(1_000, true), (1_001, false)] {
      let file = Self.list + "/1.change"
      try? desk.machine.remove(file)
      try desk.machine.write(file, Self.text("targets", String(repeating: "x", count: length)))
      #expect(try desk.content("status", server: []).text.contains("cannot be used") != isGood)
    }
    #expect(try desk.change("init", "--publish", status: 1).errorText.contains("nothing was published"))
    #expect(desk.machine.names(in: "/home/.docker/trust/private") == nil)
  }
}
