public import StrictJSON

extension JSON {
  /// The octets that are signed: members sorted by octets, no white space, in strings only `"` and `\` escaped.
  ///
  /// For every document that `JSON.parse` takes with exact integers, both dialects agree on them. Source: TUF 1.0.34, section 4.2;
  /// reference/security.md, section 2, row "canonical JSON".
  public var canonicalForm: [UInt8] {
    var writer = CanonicalWriter()
    writer.write(self)
    return writer.octets
  }
}

private struct CanonicalWriter {
  var octets: [UInt8] = []

  /// As deep as the reader's limit lets a document be.
  mutating func write(_ value: JSON) {
    switch value {
    case .object(let members): write(members)
    case .array(let elements):
      octets.append(UInt8(ascii: "["))
      for (offset, element) in elements.enumerated() {
        if offset > 0 { octets.append(UInt8(ascii: ",")) }
        write(element)
      }
      octets.append(UInt8(ascii: "]"))
    case .string(let text): write(text)
    case .number(let number): octets.append(contentsOf: String(number).utf8)
    case .decimal(let text): octets.append(contentsOf: text.utf8)
    case .bool(let value): octets.append(contentsOf: (value ? "true" : "false").utf8)
    case .null: octets.append(contentsOf: "null".utf8)
    }
  }

  private mutating func write(_ members: [JSON.Member]) {
    octets.append(UInt8(ascii: "{"))
    // What is written by a machine is sorted already.
    let isSorted = zip(members, members.dropFirst()).allSatisfy { $0.name < $1.name }
    for (offset, member) in (isSorted ? members : members.sorted { $0.name < $1.name }).enumerated() {
      if offset > 0 { octets.append(UInt8(ascii: ",")) }
      write(member.name)
      octets.append(UInt8(ascii: ":"))
      write(member.value)
    }
    octets.append(UInt8(ascii: "}"))
  }

  private mutating func write(_ string: JSONString) {
    octets.append(UInt8(ascii: "\""))
    for octet in string.text.utf8 {
      if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { octets.append(UInt8(ascii: "\\")) }
      octets.append(octet)
    }
    octets.append(UInt8(ascii: "\""))
  }
}
