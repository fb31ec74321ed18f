extension TarEntry {
  /// Longest path and prefix that a header holds, in octets.
  private static let nameLength = 100
  private static let prefixLength = 155

  /// The header of the entry: one ustar block, and before it an extended header where path, link target or size do not
  /// fit into that.
  ///
  /// The names of owner and group are empty. The same values make the same octets. Source: POSIX.1-2017, pax, "ustar
  /// interchange format".
  ///
  /// - Throws: `ArchiveError.malformed` for what no archive can hold: an empty path, zero octets in a path, a body of
  ///   anything but a file.
  func encoded(_ attributes: TarAttributes) throws(ArchiveError) -> [UInt8] {
    guard !path.isEmpty, !path.contains(0), !linkTarget.contains(0) else {
      throw .malformed("\(shown(path)) cannot be written: its path or link target is empty or holds a zero octet")
    }
    guard size == 0 || kind == .file else {
      throw .malformed("\(shown(path)) cannot be written: it has a body, which its kind cannot have")
    }
    var records: [UInt8] = []
    let place = Self.split(path)
    if place == nil { records += Self.record("path", path) }
    if linkTarget.count > Self.nameLength { records += Self.record("linkpath", linkTarget) }
    if size > Self.octalSizeLimit { records += Self.record("size", Array("\(size)".utf8)) }
    for (key, number) in [("uid", attributes.owner), ("gid", attributes.group)]
    where number > TarAttributes.octalLimit { records += Self.record(key, Array("\(number)".utf8)) }
    for attribute in extendedAttributes {
      records += Self.record(ExtendedHeader.attributePrefix, name: attribute.name, attribute.value)
    }
    let (prefix, name) = place ?? ([], Array(path.prefix(Self.nameLength)))
    let block = Self.block(
      flag, prefix: prefix, name: name, link: Array(linkTarget.prefix(Self.nameLength)),
      size: size > Self.octalSizeLimit ? 0 : size, mode: mode, attributes)
    guard !records.isEmpty else { return block }
    let extended = Self.block(
      UInt8(ascii: "x"), prefix: [], name: Array("././@PaxHeader".utf8), link: [], size: UInt64(records.count),
      mode: 0o644, TarAttributes(modified: attributes.modified))
    return extended + records + Self.padding(of: UInt64(records.count)) + block
  }

  /// The zeros that bring a body of `size` octets to whole blocks.
  static func padding(of size: UInt64) -> [UInt8] {
    let length = UInt64(TarHeader.length)
    return [UInt8](repeating: 0, count: Int((length - size % length) % length))
  }

  private var flag: UInt8 {
    switch kind {
    case .file: UInt8(ascii: "0")
    case .hardLink: UInt8(ascii: "1")
    case .symbolicLink: UInt8(ascii: "2")
    case .characterDevice: UInt8(ascii: "3")
    case .blockDevice: UInt8(ascii: "4")
    case .directory: UInt8(ascii: "5")
    case .fifo: UInt8(ascii: "6")
    }
  }

  /// Prefix and name of a path that fits into a header, the prefix as long as it can be.
  private static func split(_ path: [UInt8]) -> (prefix: [UInt8], name: [UInt8])? {
    if path.count <= nameLength { return ([], path) }
    let slash = path.dropLast().prefix(prefixLength + 1).lastIndex(of: UInt8(ascii: "/"))
    guard let slash, slash > 0, path.count - slash - 1 <= nameLength else { return nil }
    return (Array(path[..<slash]), Array(path[(slash + 1)...]))
  }

  private static func block(
    _ flag: UInt8, prefix: [UInt8], name: [UInt8], link: [UInt8], size: UInt64, mode: UInt64,
    _ attributes: TarAttributes
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: TarHeader.length)
    func put(_ octets: some Collection<UInt8>, at offset: Int) {
      block.replaceSubrange(offset..<offset + octets.count, with: octets)
    }
    let time = UInt64(max(0, min(attributes.modified, Int64(octalSizeLimit))))
    put(name, at: 0)
    put(octal(mode & 0o7777, 7), at: 100)
    let numbers = [
      (attributes.owner, 108), (attributes.group, 116), (attributes.deviceMajor, 329), (attributes.deviceMinor, 337),
    ]
    for (number, offset) in numbers {
      // A larger one stands in the extended header.
      put(octal(number > TarAttributes.octalLimit ? 0 : UInt64(number), 7), at: offset)
    }
    put(octal(size, 11), at: 124)
    put(octal(time, 11), at: 136)
    put([flag], at: 156)
    put(link, at: 157)
    put("ustar\u{0}00".utf8, at: 257)
    put(prefix, at: 345)
    put(octal(TarHeader.checksum(of: block), 6) + [0, 0x20], at: 148)
    return block
  }

  private static func octal(_ value: UInt64, _ width: Int) -> [UInt8] {
    let digits = String(value, radix: 8)
    return Array((String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits).utf8)
  }

  /// `LENGTH KEY=VALUE\n`, the length counting its own digits.
  private static func record(_ key: String, name: [UInt8] = [], _ value: [UInt8]) -> [UInt8] {
    let rest = Array(" \(key)".utf8) + name + Array("=".utf8) + value + [0x0a]
    var length = rest.count + 1
    while "\(length)".utf8.count + rest.count != length { length += 1 }
    return Array("\(length)".utf8) + rest
  }
}
