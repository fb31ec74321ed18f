import Archives
import TestSupport
import Testing

@Suite("Archives written with owners, times and compression")
struct WritingTests {
  private static func compressed(_ compression: Compression, _ pieces: [[UInt8]]) throws -> [UInt8] {
    var octets: [UInt8] = []
    let output = try CompressedOutput(compression) { octets += Array($0) }
    for piece in pieces { try piece.withUnsafeBytes { try output.write($0) } }
    try output.finish()
    return octets
  }

  private static let data = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }

  @Test(
    "What is compressed is read by the machine's own programs", arguments: [("gzip", Compression.gzip), ("xz", .xz)])
  func peers(program: String, compression: Compression) throws {
    for pieces in [
      [], [Self.data],
      stride(from: 0, to: 700_000, by: 70_001).map { Array(Self.data[$0..<min($0 + 70_001, 700_000)]) },
    ] {
      let packed = try Self.compressed(compression, pieces)
      let folder = try TemporaryDirectory()
      let file = try folder.write("packed", packed)
      let outcome = try ChildProcess.run(["sh", "-c", "\(program) -dc <\(file)"])
      #expect(outcome.status == 0 && outcome.output == pieces.flatMap { $0 }, "\(outcome.errorText)")
    }
  }

  @Test("The pieces make no difference, and nothing tells when it was made")
  func reproducible() throws {
    for compression in [Compression.none, .gzip, .xz] {
      let whole = try Self.compressed(compression, [Self.data])
      let parts = try Self.compressed(
        compression, stride(from: 0, to: 700_000, by: 1000).map { Array(Self.data[$0..<$0 + 1000]) })
      #expect(whole == parts)
    }
    #expect(try Self.compressed(.gzip, [Self.data])[4..<8] == [0, 0, 0, 0])
    #expect(throws: ArchiveError.self) { try CompressedOutput(.bzip2) { _ in } }
  }

  @Test("Owners and devices stand where others read them, also beyond the octal fields")
  func attributes() throws {
    var octets: [UInt8] = []
    var writer = TarWriter(modified: 5) { octets += Array($0) }
    for (name, owner) in [("a", UInt32(1000)), ("b", 0o7_777_777), ("c", 0o10_000_000), ("d", .max)] {
      var attributes = TarAttributes(modified: 1_000_000_000)
      (attributes.owner, attributes.group) = (owner, owner)
      try writer.add(TarEntry(path: Array(name.utf8), mode: 0o640), attributes)
    }
    var device = TarAttributes(modified: -7)
    (device.deviceMajor, device.deviceMinor) = (8, 300)
    try writer.add(TarEntry(.blockDevice, path: Array("sda".utf8), mode: 0o600), device)
    try writer.add(TarEntry(path: Array("plain".utf8), mode: 0o644))
    try writer.finish()
    let script = """
      import sys, tarfile
      for m in tarfile.open(fileobj=sys.stdin.buffer, mode='r|'):
          print(m.name, m.uid, m.gid, m.mtime, m.devmajor, m.devminor)
      """
    let listing = try ChildProcess.run(["python3", "-c", script], input: octets)
    #expect(
      listing.text == """
        a 1000 1000 1000000000 0 0
        b 2097151 2097151 1000000000 0 0
        c 2097152 2097152 1000000000 0 0
        d 4294967295 4294967295 1000000000 0 0
        sda 0 0 0 8 300
        plain 0 0 5 0 0

        """, "\(listing.errorText)")
  }

  @Test("Everything that is wrong with a manifest is named at once, each with its place")
  func findings() {
    let manifest = """
      {"acKind":"ImageManifest","acVersion":"x","name":"example.com/a","labels":[{"name":"version","value":"1"},
      {"name":"Bad","value":"1"},{"name":"version","value":"2"},{"name":"os","value":"plan9"}],
      "annotations":[{"name":"created","value":"today"}],
      "app":{"exec":["/a"],"user":"0","workingDirectory":"x","ports":[{"name":"a","protocol":"tcp","port":1},
      {"name":"b","protocol":"tcp","port":0}],"environment":[{"name":"=","value":""}]}}
      """
    let found = ImageManifest.findings(in: Array(manifest.utf8))
    let places = [
      "acVersion", "labels[1]", "labels[2]", "plan9", "created", "group", "workingDirectory", "ports[1]",
      "environment[0]",
    ]
    #expect(found.count == places.count, "\(found)")
    for (finding, place) in zip(found.sorted { $0 < $1 }, found.sorted { $0 < $1 }) { #expect(finding == place) }
    for place in places { #expect(found.contains { $0.contains(place) }, "\(place)") }
    #expect(
      ImageManifest.findings(in: Array(#"{"acKind":"ImageManifest","acVersion":"0.8.11","name":"a.b/c"}"#.utf8)).isEmpty
    )
    #expect(ImageManifest.findings(in: Array("{".utf8)).count == 1)
    #expect(ImageManifest.findings(in: Array("{}".utf8)).count == 3)
  }
}
