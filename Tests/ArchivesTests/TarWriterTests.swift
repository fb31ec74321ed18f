import Archives
import Glibc
import Testing

@Suite struct TarWriterTests {
  /// Keeps everything that a scanner hands over.
  private struct Keeper: TarConsumer {
    var entries: [TarEntry] = []
    var bodies: [[UInt8]] = []
    var isFinished = false
    var wants: @Sendable (TarEntry) -> Bool = { _ in true }

    mutating func admit(_ entry: TarEntry) -> Bool {
      entries.append(entry)
      guard wants(entry) else { return false }
      bodies.append([])
      return true
    }

    mutating func take(_ piece: UnsafeRawBufferPointer) { bodies[bodies.count - 1] += Array(piece) }
    mutating func endBody() { bodies[bodies.count - 1] += [0xff] }
    mutating func finish() { isFinished = true }
  }

  private static func path(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// Paths of every length at which the form of the header changes.
  private static let paths: [[UInt8]] = [
    "a", String(repeating: "n", count: 100), String(repeating: "n", count: 101),
    String(repeating: "p", count: 155) + "/" + String(repeating: "n", count: 100),
    String(repeating: "p", count: 156) + "/" + String(repeating: "n", count: 100),
    String(repeating: "p", count: 155) + "/" + String(repeating: "n", count: 101),
    "d/" + String(repeating: "n", count: 120), String(repeating: "long/", count: 800) + "x", "\u{e9}/\u{65}\u{301}",
  ].map(path)

  private static func made(_ entries: [(TarEntry, [UInt8])], modified: Int64 = 1_700_000_000) throws -> [UInt8] {
    var octets: [UInt8] = []
    var writer = TarWriter(modified: modified) { octets += Array($0) }
    for (entry, body) in entries { try writer.add(entry, body: body) }
    try writer.finish()
    return octets
  }

  private static func scanned(_ octets: [UInt8], step: Int, _ keeper: Keeper = Keeper()) throws -> Keeper {
    var scanner = TarScanner(keeper)
    for start in stride(from: 0, to: octets.count, by: step) {
      try octets[start..<min(start + step, octets.count)].withUnsafeBytes { try scanner.feed($0) }
    }
    try scanner.finish()
    return scanner.consumer
  }

  private static var entries: [(TarEntry, [UInt8])] {
    var entries = paths.enumerated().map { index, path -> (TarEntry, [UInt8]) in
      let body = [UInt8](repeating: UInt8(index), count: [0, 1, 511, 512, 513][index % 5])
      return (TarEntry(.file, path: path, size: UInt64(body.count), mode: 0o4755), body)
    }
    let kinds: [TarEntry.Kind] = [.directory, .symbolicLink, .hardLink, .characterDevice, .blockDevice, .fifo]
    for (index, kind) in kinds.enumerated() {
      let target = kind == .symbolicLink || kind == .hardLink ? paths[index] : []
      entries.append((TarEntry(kind, path: path("kind\(index)"), linkTarget: target, mode: 0o644), []))
    }
    let long = TarEntry(.symbolicLink, path: path("link"), linkTarget: paths[7], mode: 0o777)
    return entries + [(long, [])]
  }

  @Test("What it writes is read as it was put in, in pieces of any size", arguments: [1, 100, 511, 512, 513, 1 << 20])
  func roundTrip(step: Int) throws {
    let octets = try Self.made(Self.entries)
    let keeper = try Self.scanned(octets, step: step)
    #expect(keeper.entries.count == Self.entries.count)
    for (read, put) in zip(keeper.entries, Self.entries) {
      #expect(read.kind == put.0.kind && read.path == put.0.path && read.linkTarget == put.0.linkTarget)
      #expect(read.size == put.0.size && read.mode == put.0.mode)
      // The archive's own time, and root's.
      #expect(read.attributes == TarAttributes(modified: 1_700_000_000))
    }
    #expect(keeper.bodies == Self.entries.map { $0.1 + [0xff] })
    #expect(keeper.isFinished)
  }

  @Test("A body that is not wanted is passed over, and the next entry found")
  func unwanted() throws {
    let keeper = try Self.scanned(
      Self.made(Self.entries), step: 4096, Keeper(wants: { $0.path.count == 101 }))
    #expect(keeper.entries.count == Self.entries.count)
    #expect(keeper.bodies == [[UInt8](repeating: 2, count: 511) + [0xff]])
  }

  @Test("The same entries make the same octets, in whole blocks, and the time is in every header")
  func deterministic() throws {
    let octets = try Self.made(Self.entries)
    #expect(try Self.made(Self.entries) == octets)
    #expect(octets.count.isMultiple(of: 512))
    #expect(octets.suffix(1024).allSatisfy { $0 == 0 })
    #expect(try Self.made(Self.entries, modified: 1) != octets)
    #expect(octets[136..<147].elementsEqual(String(1_700_000_000, radix: 8).utf8))
    #expect(try Self.made([], modified: -5) == [UInt8](repeating: 0, count: 1024))
    let early = try Self.made([(TarEntry(path: [97], mode: 0), [])], modified: -5)
    #expect(early[136..<147].elementsEqual("00000000000".utf8))
  }

  @Test("A size that no octal field holds is read again")
  func largeSize() throws {
    let size: UInt64 = 9 << 30
    var octets: [UInt8] = []
    var writer = TarWriter(modified: 0) { octets += Array($0) }
    try writer.begin(TarEntry(path: Self.path("big"), size: size, mode: 0o644))
    var scanner = TarScanner(Keeper(wants: { _ in false }))
    try octets.withUnsafeBytes { try scanner.feed($0) }
    #expect(scanner.consumer.entries.map(\.size) == [size])
    #expect(scanner.skippable == size)
  }

  @Test("What no archive can hold is refused, and so is a body that is not as long as its header says")
  func refusals() throws {
    for entry in [
      TarEntry(path: [], mode: 0), TarEntry(path: [97, 0], mode: 0),
      TarEntry(.symbolicLink, path: [97], linkTarget: [0], mode: 0), TarEntry(.directory, path: [97], size: 1, mode: 0),
    ] {
      #expect(throws: ArchiveError.self) {
        var writer = TarWriter(modified: 0) { _ in }
        try writer.begin(entry)
      }
    }
    let entry = TarEntry(path: [97], size: 3, mode: 0)
    var writer = TarWriter(modified: 0) { _ in }
    #expect(throws: ArchiveError.self) { try writer.add(entry, body: [1, 2]) }
    #expect(throws: ArchiveError.self) { try writer.add(entry, body: [1, 2, 3, 4]) }
    try writer.begin(entry)
    #expect(throws: ArchiveError.self) { try writer.begin(entry) }
    #expect(throws: ArchiveError.self) { try writer.finish() }
    #expect(throws: ArchiveError.self) { try [UInt8](repeating: 0, count: 4).withUnsafeBytes { try writer.write($0) } }
    try ([1, 2] as [UInt8]).withUnsafeBytes { try writer.write($0) }
    try ([3] as [UInt8]).withUnsafeBytes { try writer.write($0) }
    try writer.finish()
  }

  @Test("An output that takes no more ends the archive")
  func output() {
    var count = 0
    var writer = TarWriter(modified: 0) { (_) throws(ArchiveError) in
      count += 1
      if count == 2 { throw .io(errno: ENOSPC, doing: "cannot write") }
    }
    #expect(throws: ArchiveError.io(errno: ENOSPC, doing: "cannot write")) {
      try writer.add(TarEntry(path: [97], size: 3, mode: 0), body: [1, 2, 3])
    }
    #expect(count == 2)
  }

  @Test("tar reads the same paths, links and bodies")
  func peer() throws {
    let scratch = try Scratch()
    let entries = Self.entries.filter { $0.0.kind == .file || $0.0.kind == .symbolicLink }
    let file = try scratch.write(try Self.made(entries), "made.tar")
    try run(["tar", "--quoting-style=literal", "-tf", file], output: scratch.path + "/list")
    let names = try scratch.read("list").split(separator: 0x0a).map(Array.init)
    #expect(names == entries.map(\.0.path))
    try run(["tar", "-xOf", file], output: scratch.path + "/bodies")
    #expect(try scratch.read("bodies") == entries.flatMap(\.1))
  }
}
