internal import StrictJSON
internal import TrustModel

/// Reads entries of a list of targets from the document that they stand in.
struct EntryReader {
  let octets: [UInt8]
  let role: RoleName
  let dialect: Dialect

  /// The name of an entry.
  func name(_ member: CanonicalObject.Member) -> JSONString {
    JSONString(String(decoding: octets[member.name], as: UTF8.self))
  }

  /// An entry of a tree.
  func file(_ value: JSON) throws(MetadataError) -> ListedFile {
    let entry = try FieldReader(value, "target", of: role, dialect)
    return try ListedFile(entry, ListedFile.Demand(hash: dialect == .tuf, length: true))
  }

  /// An entry in canonical form.
  func file(_ member: CanonicalObject.Member) throws(MetadataError) -> ListedFile {
    if dialect == .notary, let file = plainFile(octets[member.value]) { return file }
    let entry: JSON
    do throws(JSONError) {
      // Length and depth were checked with the whole document.
      entry = try JSON.parse(Array(octets[member.value]), limits: JSONLimits(octets: .max, depth: .max))
    } catch {
      throw MetadataError(role, .json(error))
    }
    return try file(entry)
  }

  /// The same, where it was checked before.
  func checkedFile(_ member: CanonicalObject.Member) -> ListedFile? { try? file(member) }

  /// An entry as Notary writes it, with one digest or both and a length; nil for any other.
  private func plainFile(_ entry: ArraySlice<UInt8>) -> ListedFile? {
    var rest = entry
    guard rest.take(PlainEntry.sha256), let sha256 = rest.takeDigest(octets: 32) else { return nil }
    let sha512 = rest.take(PlainEntry.sha512) ? rest.takeDigest(octets: 64) : nil
    guard rest.take(PlainEntry.length), let length = rest.takeNumber(), rest.take(PlainEntry.end), rest.isEmpty else {
      return nil
    }
    return ListedFile(sha256: sha256, sha512: sha512, length: length)
  }
}

/// What stands between the values of an entry in canonical form.
private enum PlainEntry {
  static let sha256 = Array(#"{"hashes":{"sha256":""#.utf8)
  static let sha512 = Array(#","sha512":""#.utf8)
  static let length = Array(#"},"length":"#.utf8)
  static let end = Array("}".utf8)
}

extension ArraySlice<UInt8> {
  /// Takes octets away where they come next.
  fileprivate mutating func take(_ octets: [UInt8]) -> Bool {
    guard starts(with: octets) else { return false }
    removeFirst(octets.count)
    return true
  }

  /// Takes a digest in base 64 and the quote behind it.
  fileprivate mutating func takeDigest(octets count: Int) -> [UInt8]? {
    let digits = (count + 2) / 3 * 4
    guard self.count > digits, self[startIndex + digits] == UInt8(ascii: "\""),
      let octets = Base64.decode(prefix(digits)), octets.count == count
    else { return nil }
    removeFirst(digits + 1)
    return octets
  }

  /// Takes a number of at most 15 digits, which is exact in every reader.
  fileprivate mutating func takeNumber() -> Int64? {
    let digits = prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard (1...15).contains(digits.count) else { return nil }
    removeFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int64($1 & 15) }
  }
}
