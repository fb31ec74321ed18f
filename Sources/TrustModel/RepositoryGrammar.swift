/// Docker's grammar of a repository's name: an optional host with an optional port, then parts of a path.
///
/// Stricter than `Repository`, which reads what notary takes as well. Source: docker's reference grammar, `domain` and `path-component`.
struct RepositoryGrammar {
  private let octets: ArraySlice<UInt8>

  init(_ octets: ArraySlice<UInt8>) { self.octets = octets }

  /// Throws what `error` makes of the first offset that breaks a rule.
  func check(_ error: (Int, NameError.Rule) -> NameError) throws(NameError) {
    var parts = octets.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if parts.count > 1, isHost(parts[0]) {
      if let (offset, rule) = hostProblem(parts.removeFirst()) { throw error(offset, rule) }
    }
    for part in parts {
      if let (offset, rule) = pathProblem(part) { throw error(offset, rule) }
    }
  }

  /// Docker's own rule for which first part is a host.
  private func isHost(_ part: ArraySlice<UInt8>) -> Bool {
    part.contains { [UInt8(ascii: "."), UInt8(ascii: ":")].contains($0) || isUpper($0) }
      || part.elementsEqual("localhost".utf8)
  }

  private func hostProblem(_ host: ArraySlice<UInt8>) -> (Int, NameError.Rule)? {
    var rest = host
    if host.first == UInt8(ascii: "[") {
      guard let end = host.firstIndex(of: UInt8(ascii: "]")) else {
        return (host.startIndex, .form("the address in brackets does not end"))
      }
      let address = host[(host.startIndex + 1)..<end]
      if let bad = address.firstIndex(where: { !isHexadecimal($0) && $0 != UInt8(ascii: ":") }) {
        return (bad, .character(octets[bad]))
      }
      guard !address.isEmpty else { return (end, .emptyPart) }
      rest = host[(end + 1)...]
      if let first = rest.first, first != UInt8(ascii: ":") { return (rest.startIndex, .character(first)) }
    } else {
      let end = host.firstIndex(of: UInt8(ascii: ":")) ?? host.endIndex
      if let problem = domainProblem(host[..<end]) { return problem }
      rest = host[end...]
    }
    return rest.isEmpty ? nil : portProblem(rest.dropFirst())
  }

  private func portProblem(_ port: ArraySlice<UInt8>) -> (Int, NameError.Rule)? {
    let rule = NameError.Rule.form("a registry's port is a number from 1 to 65535")
    if let bad = port.firstIndex(where: { !isNumber($0) }) { return (bad, rule) }
    let number = Int(String(decoding: port, as: UTF8.self))
    return number.map((1...65_535).contains) == true ? nil : (port.startIndex, rule)
  }

  private func domainProblem(_ domain: ArraySlice<UInt8>) -> (Int, NameError.Rule)? {
    for label in domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      let hyphen = UInt8(ascii: "-")
      guard !label.isEmpty else { return (label.startIndex, .emptyPart) }
      if let bad = label.firstIndex(where: { !isLower($0) && !isUpper($0) && !isNumber($0) && $0 != hyphen }) {
        return (bad, .character(octets[bad]))
      }
      if label.first == hyphen { return (label.startIndex, .emptyPart) }
      if label.last == hyphen { return (label.endIndex - 1, .emptyPart) }
    }
    return nil
  }

  /// Letters and digits with one `.`, one or two `_`, or any number of `-` between them.
  private func pathProblem(_ part: ArraySlice<UInt8>) -> (Int, NameError.Rule)? {
    guard !part.isEmpty else { return (part.startIndex, .emptyPart) }
    var separator: ArraySlice<UInt8> = []
    for (place, octet) in zip(part.indices, part) {
      if isLower(octet) || isNumber(octet) {
        guard separator.isEmpty || isSeparator(separator) else { return (separator.startIndex + 1, .emptyPart) }
        separator = []
      } else {
        guard [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(octet) else {
          return (place, .character(octet))
        }
        guard place > part.startIndex else { return (place, .emptyPart) }
        separator = part[(separator.isEmpty ? place : separator.startIndex)...place]
      }
    }
    return separator.isEmpty ? nil : (separator.startIndex, .emptyPart)
  }

  private func isSeparator(_ octets: ArraySlice<UInt8>) -> Bool {
    octets.count == 1 || octets.elementsEqual("__".utf8) || octets.allSatisfy { $0 == UInt8(ascii: "-") }
  }

  private func isLower(_ octet: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet) }
  private func isUpper(_ octet: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) }
  private func isNumber(_ octet: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) }
  private func isHexadecimal(_ octet: UInt8) -> Bool {
    isNumber(octet) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet | 0x20)
  }
}
