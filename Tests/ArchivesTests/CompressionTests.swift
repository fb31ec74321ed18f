import Archives
import Glibc
import Testing

@Suite struct CompressionTests {
  private static let tar = TarMaker.image { $0.add("rootfs/a", body: String(repeating: "text ", count: 100_000)) }.ended

  private static func command(_ compression: Compression) -> [String] { [compression.rawValue, "-c"] }

  private static let packed: [Compression] = [.gzip, .bzip2, .xz]

  @Test("inflates once, hands over every octet, and finds the same image", arguments: packed)
  func inflates(compression: Compression) throws {
    let bytes = try Scratch().filter(Self.command(compression), Self.tar)
    var seen: [UInt8] = []
    let image = try readImage(bytes, collect: { seen += $0 })
    #expect(seen == Self.tar)
    #expect(image.compression == compression)
    #expect(image.uncompressedSize == UInt64(Self.tar.count))
    #expect(try readImage(bytes) == image)
  }

  @Test("several streams in one file are one archive (A-07)", arguments: packed)
  func members(compression: Compression) throws {
    let scratch = try Scratch()
    let half = Self.tar.count / 2
    let first = try scratch.filter(Self.command(compression), Array(Self.tar[..<half]))
    let second = try scratch.filter(Self.command(compression), Array(Self.tar[half...]))
    var seen: [UInt8] = []
    try readImage(first + second, collect: { seen += $0 })
    #expect(seen == Self.tar)
  }

  @Test("a cut, changed or lengthened stream is refused, wherever it happens (A-07)", arguments: packed)
  func damaged(compression: Compression) throws {
    let bytes = try Scratch().filter(Self.command(compression), Self.tar)
    for end in [7, 20, bytes.count / 2, bytes.count - 9, bytes.count - 4, bytes.count - 1] {
      #expect(refusal(Array(bytes[..<end])) == "the image's \(compression.rawValue) data ends too early", "\(end)")
    }
    for trailer in [Array("garbage".utf8), [0], Array(bytes[..<2])] {
      #expect(refusal(bytes + trailer)?.contains("data") == true)
    }
  }

  @Test("the check sums and the length that gzip keeps are checked", arguments: 1...8)
  func gzipTrailer(fromEnd: Int) throws {
    var bytes = try Scratch().filter(["gzip", "-c"], Self.tar)
    bytes[bytes.count - fromEnd] ^= 1
    #expect(refusal(bytes)?.hasPrefix("the image's gzip data is damaged") == true)
  }

  @Test("xz may be padded by words of zeros, as its format has it")
  func xzPadding() throws {
    let bytes = try Scratch().filter(["xz", "-c"], Self.tar)
    #expect(try readImage(bytes + [0, 0, 0, 0]).uncompressedSize == UInt64(Self.tar.count))
    #expect(refusal(bytes + [0, 0, 0]) != nil)
  }

  @Test("xz -9 is read, a larger window is refused by its memory, a smaller limit refuses too (A-07)")
  func xzMemory() throws {
    let scratch = try Scratch()
    #expect(try readImage(scratch.filter(["xz", "-9", "-c"], Self.tar)).entryCount == 3)
    let wide = try scratch.filter(["xz", "-c", "--lzma2=dict=1536MiB,mode=fast,mf=hc3"], Self.tar)
    #expect(refusal(wide) == "the image's xz data needs more memory than is allowed")
    var limits = ArchiveLimits()
    limits.xzMemory = 1 << 20
    let usual = try scratch.filter(["xz", "-c"], Self.tar)
    #expect(refusal(usual, limits: limits) == "the image's xz data needs more memory than is allowed")
  }

  @Test("compression is told by octets; what may not be is named (A-07)")
  func detection() throws {
    func detect(_ bytes: [UInt8]) -> String {
      do {
        return try Compression.detect(firstBytes: bytes).rawValue
      } catch {
        return error.description
      }
    }
    #expect(detect(Self.tar) == "none")
    #expect(detect([0x1f, 0x8b, 8]) == "gzip")
    #expect(detect(Array("BZh9".utf8)) == "bzip2")
    #expect(detect([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]) == "xz")
    #expect(detect([0x28, 0xb5, 0x2f, 0xfd, 0]).contains("compressed with zstd"))
    #expect(detect(Array("PK\u{3}\u{4}".utf8)).contains("compressed with zip"))
    #expect(detect([0x1f]).contains("neither tar nor"))
    #expect(detect(Array(Self.tar[..<200])).contains("neither tar nor"))
  }

  @Test("a compressed archive in a compressed archive is no image")
  func twice() throws {
    let scratch = try Scratch()
    let bytes = try scratch.filter(["gzip", "-c"], scratch.filter(["gzip", "-c"], Self.tar))
    #expect(refusal(bytes) != nil)
  }

  @Test("a descriptor that cannot be read says nothing of the image")
  func unreadable() {
    func attempt(_ descriptor: Int32) -> ArchiveError? {
      do {
        _ = try ImageArchive.read(from: descriptor)
        return nil
      } catch {
        return error
      }
    }
    #expect(attempt(-1)?.isMalformed == false)
    #expect(attempt(-1)?.description == "cannot look at the image: Bad file descriptor")
    let directory = open("/", O_RDONLY | O_CLOEXEC)
    defer { close(directory) }
    #expect(attempt(directory)?.isMalformed == false)
  }
}
