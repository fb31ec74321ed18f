internal import TrustModel

/// The letters that a host's name stands for, where it is written in punycode.
///
/// Source: RFC 3492; reference/security.md, row D-07.
struct HostLetters {
  private let host: String
  /// The labels of the host, those in punycode decoded; nil where one of them cannot be.
  private let labels: [[Unicode.Scalar]?]

  init(_ host: String) {
    self.host = host
    labels = host.split(separator: ".").map { label in
      label.hasPrefix("xn--") ? Self.decoded(Array(label.dropFirst(4).utf8)) : Array(label.unicodeScalars)
    }
  }

  /// What one should know of the name; nil where it is plain ASCII.
  var warning: String? {
    guard host.split(separator: ".").contains(where: { $0.hasPrefix("xn--") }) else { return nil }
    guard labels.allSatisfy({ $0 != nil }) else {
      return "\(host) looks like a name in other letters (punycode), but stands for nothing: compare it with care"
    }
    let mixed = labels.contains { Set(($0 ?? []).compactMap(Self.script)).count > 1 }
    let shown = labels.map { VisibleText(String(String.UnicodeScalarView($0 ?? []))).description }.joined(
      separator: ".")
    return "\(host) is the name '\(shown)' in other letters (punycode)"
      + (mixed ? ", which mixes letters of several alphabets: it may imitate another name" : ": compare it with care")
  }

  /// The alphabets whose letters look like one another's.
  private static func script(_ scalar: Unicode.Scalar) -> String? {
    guard scalar.properties.isAlphabetic else { return nil }
    return switch scalar.value {
    case ..<0x0250, 0x1e00...0x1eff: "Latin"
    case 0x0370...0x03ff, 0x1f00...0x1fff: "Greek"
    case 0x0400...0x052f: "Cyrillic"
    case 0x0530...0x058f: "Armenian"
    default: "other"
    }
  }

  /// The text of a label behind `xn--`; nil where it is none.
  private static func decoded(_ text: [UInt8]) -> [Unicode.Scalar]? {
    let dash = text.lastIndex(of: UInt8(ascii: "-"))
    var output = (dash.map { text[..<$0] } ?? []).map { Unicode.Scalar($0) }
    var (number, position, bias, isFirst) = (128, 0, 72, true)
    var rest = text[(dash.map { $0 + 1 } ?? 0)...]
    while !rest.isEmpty {
      let before = position
      var weight = 1
      var base = 36
      while true {
        // A label has at most 63 octets: with these bounds nothing overflows.
        guard let digit = rest.popFirst().flatMap(Self.digit), position < 1 << 40, weight < 1 << 20 else { return nil }
        position += digit * weight
        let threshold = min(max(base - bias, 1), 26)
        if digit < threshold { break }
        weight *= 36 - threshold
        base += 36
      }
      let count = output.count + 1
      bias = adapted(position - before, count, isFirst)
      isFirst = false
      number += position / count
      position %= count
      guard number <= 0x10ffff, let scalar = Unicode.Scalar(UInt32(number)) else { return nil }
      output.insert(scalar, at: position)
      position += 1
    }
    return output
  }

  private static func digit(_ octet: UInt8) -> Int? {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(octet - UInt8(ascii: "a"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(octet - UInt8(ascii: "0")) + 26
    default: nil
    }
  }

  private static func adapted(_ delta: Int, _ count: Int, _ isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var steps = 0
    while delta > 455 {
      delta /= 35
      steps += 36
    }
    return steps + 36 * delta / (delta + 38)
  }
}
