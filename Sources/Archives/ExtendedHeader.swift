import TrustModel

/// The records of a POSIX extended header that say what the entry behind it is; the others are read over.
///
/// Source: POSIX.1-2017, pax, "pax extended header".
struct ExtendedHeader {
  private(set) var path: [UInt8]?
  private(set) var linkTarget: [UInt8]?
  private(set) var size: UInt64?
  /// Whether it carries extended attributes or access control lists.
  private(set) var hasAttributes = false
  private(set) var extendedAttributes: [TarEntry.ExtendedAttribute] = []
  private var owner: UInt64?
  private var group: UInt64?
  private var modified: Int64?

  /// Reads records of the form `LENGTH KEY=VALUE\n`, in which the length counts the whole record.
  init(_ body: [UInt8]) throws(ArchiveError) {
    var rest = body[...]
    var seen: Set<[UInt8]> = []
    while !rest.isEmpty {
      let record = try Self.cutRecord(from: &rest)
      guard let equals = record.firstIndex(of: UInt8(ascii: "=")), equals > record.startIndex else {
        throw Self.malformed("a record has no key")
      }
      let key = Array(record[..<equals])
      guard seen.insert(key).inserted else {
        throw Self.malformed("it gives '\(VisibleText(octets: key, limit: 80))' twice")
      }
      try take(String(decoding: key, as: UTF8.self), Array(record[(equals + 1)...]))
    }
  }

  /// What a header says, with what stands here in its place.
  func attributes(_ header: TarAttributes) -> TarAttributes {
    var attributes = header
    if let owner { attributes.owner = UInt32(clamping: owner) }
    if let group { attributes.group = UInt32(clamping: group) }
    if let modified { attributes.modified = modified }
    return attributes
  }

  private static func malformed(_ what: String) -> ArchiveError {
    .malformed("an extended tar header is refused: \(what)")
  }

  /// Takes the first record off `rest`; returns it without its length and line end.
  private static func cutRecord(from rest: inout ArraySlice<UInt8>) throws(ArchiveError) -> ArraySlice<UInt8> {
    let digits = rest.prefix(8).prefix { $0 != 0x20 }
    guard let length = decimal(digits), length > UInt64(digits.count) + 1, length <= UInt64(rest.count),
      rest[rest.startIndex + digits.count] == 0x20
    else { throw malformed("the length of a record is wrong") }
    let record = rest.prefix(Int(length))
    guard record.last == 0x0a else { throw malformed("a record does not end where its length says") }
    rest = rest.dropFirst(Int(length))
    return record.dropFirst(digits.count + 1).dropLast()
  }

  private mutating func take(_ key: String, _ value: [UInt8]) throws(ArchiveError) {
    switch key {
    case "path", "linkpath":
      guard !value.isEmpty else { throw Self.malformed("its \(key) is empty") }
      if key == "path" { path = value } else { linkTarget = value }
    case "size":
      guard let number = Self.decimal(value[...]) else { throw Self.malformed("its size is not a number") }
      size = number
    case "uid", "gid":
      guard let number = Self.decimal(value[...]) else { throw Self.malformed("its \(key) is not a number") }
      if key == "uid" { owner = number } else { group = number }
    case "mtime": modified = try Self.seconds(value)
    case "SCHILY.realsize", "SUN.holesdata": throw Self.malformed("sparse files are not read")
    case _ where key.hasPrefix("GNU.sparse."): throw Self.malformed("sparse files are not read")
    case _ where key.hasPrefix(Self.attributePrefix):
      hasAttributes = true
      extendedAttributes.append(
        TarEntry.ExtendedAttribute(name: Array(key.utf8.dropFirst(Self.attributePrefix.utf8.count)), value: value))
    case _ where Self.attributePrefixes.contains(where: { key.hasPrefix($0) }): hasAttributes = true
    default: break
    }
  }

  static let attributePrefix = "SCHILY.xattr."
  private static let attributePrefixes = ["LIBARCHIVE.xattr.", "SCHILY.acl.", "RHT.security."]

  /// Whole seconds since the epoch; a fraction, and so the moment, goes down.
  private static func seconds(_ value: [UInt8]) throws(ArchiveError) -> Int64 {
    let isNegative = value.first == UInt8(ascii: "-")
    let parts = value.dropFirst(isNegative ? 1 : 0).split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : []
    guard let whole = parts.first.flatMap({ decimal($0) }),
      fraction.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { throw malformed("its mtime is not a time") }
    guard isNegative else { return Int64(whole) }
    return -Int64(whole) - (fraction.contains { $0 != UInt8(ascii: "0") } ? 1 : 0)
  }

  /// One to eighteen decimal digits, which cannot overflow.
  private static func decimal(_ digits: ArraySlice<UInt8>) -> UInt64? {
    guard (1...18).contains(digits.count) else { return nil }
    var value: UInt64 = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + UInt64(digit - UInt8(ascii: "0"))
    }
    return value
  }
}
