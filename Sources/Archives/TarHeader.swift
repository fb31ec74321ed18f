import TrustModel

/// One 512-octet header block of a tar archive, read so strictly that two readers cannot see two entries in it.
///
/// POSIX ustar and GNU. A text field ends at its first zero octet and holds nothing behind it; numbers are octal or, as
/// GNU writes large ones, base-256 and not negative; the checksum is the unsigned sum. Source: POSIX.1-2017, pax,
/// "ustar interchange format"; GNU tar manual, "basic tar format"; reference/security.md, row A-06.
struct TarHeader {
  /// Octets of a header, and the unit that bodies are padded to.
  static let length = 512

  /// What a header introduces.
  enum Kind: Equatable {
    case entry(TarEntry.Kind)
    /// Metadata of the entry that follows: POSIX records, or a path or link target too long for the header.
    case extendedHeader, longPath, longLink
  }

  let kind: Kind
  let path: [UInt8]
  let linkTarget: [UInt8]
  let size: UInt64
  let mode: UInt64
  let attributes: TarAttributes

  /// Reads a block that is not all zero; `offset` is its place in the archive, for messages.
  init(_ block: [UInt8], at offset: UInt64) throws(ArchiveError) {
    let fields = TarFields(block, at: offset)
    let isGNU = block[257..<265].elementsEqual("ustar  \0".utf8)
    guard isGNU || block[257..<265].elementsEqual("ustar\u{0}00".utf8) else {
      throw fields.malformed("it is neither POSIX (ustar) nor GNU")
    }
    guard try fields.number(148..<156, "checksum") == Self.checksum(of: block) else {
      throw fields.malformed("its checksum is wrong")
    }
    kind = try Self.kind(block[156], fields)
    size = try fields.number(124..<136, "size")
    mode = try fields.number(100..<108, "mode")
    var attributes = TarAttributes(modified: try fields.time(136..<148))
    attributes.owner = UInt32(clamping: try fields.number(108..<116, "owner"))
    attributes.group = UInt32(clamping: try fields.number(116..<124, "group"))
    attributes.deviceMajor = UInt32(clamping: try fields.number(329..<337, "device"))
    attributes.deviceMinor = UInt32(clamping: try fields.number(337..<345, "device"))
    self.attributes = attributes
    linkTarget = try fields.text(157..<257, "link target")
    _ = try (fields.text(265..<297, "owner name"), fields.text(297..<329, "group name"))
    let name = try fields.text(0..<100, "path")
    if isGNU {
      // In place of the prefix GNU keeps two times and, from 369, what only sparse and split files use.
      guard block[369..<500].allSatisfy({ $0 == 0 }) else { throw fields.malformed("it has fields of a sparse file") }
      path = name
    } else {
      let prefix = try fields.text(345..<500, "path prefix")
      path = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
    }
  }

  private static func kind(_ flag: UInt8, _ fields: TarFields) throws(ArchiveError) -> Kind {
    switch flag {
    case UInt8(ascii: "0"), 0: return .entry(.file)
    case UInt8(ascii: "1"): return .entry(.hardLink)
    case UInt8(ascii: "2"): return .entry(.symbolicLink)
    case UInt8(ascii: "3"): return .entry(.characterDevice)
    case UInt8(ascii: "4"): return .entry(.blockDevice)
    case UInt8(ascii: "5"): return .entry(.directory)
    case UInt8(ascii: "6"): return .entry(.fifo)
    case UInt8(ascii: "x"): return .extendedHeader
    case UInt8(ascii: "L"): return .longPath
    case UInt8(ascii: "K"): return .longLink
    case UInt8(ascii: "S"): throw fields.malformed("it is a sparse file, which is not read")
    case UInt8(ascii: "g"): throw fields.malformed("it is a global extended header, which is not read")
    default: throw fields.malformed("its kind '\(VisibleText(octets: [flag]))' is not known")
    }
  }

  static func checksum(of block: [UInt8]) -> UInt64 {
    var sum: UInt64 = 0
    // The checksum's own field counts as spaces.
    for (position, octet) in block.enumerated() { sum += UInt64((148..<156).contains(position) ? 0x20 : octet) }
    return sum
  }
}
