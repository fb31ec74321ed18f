/// The lines of one configuration file.
///
/// Pure.
///
/// `[section]`, `key = value`, remarks on lines of their own behind `#`. What is not understood is an error and not
/// passed over: a misspelt key must not mean its default.
struct ConfigurationFile {
  /// The file, absolute, without the sysroot.
  let path: String
  /// The file for messages.
  let shown: String
  /// Its values, in order, empty ones included.
  private(set) var entries: [ConfigurationEntry] = []

  private var section: ConfigurationSection?

  /// Reads the octets of a file.
  init(path: String, shown: String, octets: [UInt8]) throws(ConfigurationError) {
    (self.path, self.shown) = (path, shown)
    var number = 0
    for line in octets.split(separator: 0x0a, omittingEmptySubsequences: false) {
      number += 1
      do throws(Problem) {
        try take(line, number)
      } catch {
        throw .line(shown, number, error.text)
      }
    }
  }

  /// What is wrong with a line.
  private struct Problem: Error {
    let text: String

    init(_ text: String) { self.text = text }
  }

  private mutating func take(_ raw: ArraySlice<UInt8>, _ number: Int) throws(Problem) {
    guard raw.count <= ConfigurationLimits.lineOctets else {
      throw Problem("the line is longer than \(ConfigurationLimits.lineOctets) octets")
    }
    guard raw.allSatisfy({ ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }) else {
      throw Problem("the line holds a control character (a line end of another system?)")
    }
    let line = Self.trimmed(raw)
    switch line.first {
    case nil, UInt8(ascii: "#"): return
    case UInt8(ascii: "["): section = try Self.section(line)
    default: try takeValue(line, number)
    }
  }

  private mutating func takeValue(_ line: ArraySlice<UInt8>, _ number: Int) throws(Problem) {
    guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
      throw Problem("neither a section in brackets, nor key = value, nor a remark behind #")
    }
    guard let section else { throw Problem("a value stands before any section, as [fetch] or [host example.com]") }
    let name = String(decoding: Self.trimmed(line[..<equals]), as: UTF8.self)
    guard let key = ConfigurationKey(name, in: section) else {
      throw Problem("there is no \(name) in [\(section)]: only \(ConfigurationKey.known(in: section))")
    }
    let value = Array(Self.trimmed(line[(equals + 1)...]))
    if !value.isEmpty, let problem = key.problem(with: value) { throw Problem("\(name): \(problem)") }
    if !key.mayRepeat, let first = entries.first(where: { $0.section == section && $0.key == key }) {
      throw Problem("\(name) stands in this file twice, first in line \(first.line)")
    }
    guard entries.count < ConfigurationLimits.values else {
      throw Problem("the file holds more than \(ConfigurationLimits.values) values")
    }
    entries.append(ConfigurationEntry(section: section, key: key, value: value, file: path, line: number))
  }

  private static func section(_ line: ArraySlice<UInt8>) throws(Problem) -> ConfigurationSection {
    guard line.last == UInt8(ascii: "]"), let text = String(validating: line.dropFirst().dropLast(), as: UTF8.self),
      let section = ConfigurationSection(text)
    else {
      throw Problem(
        "there is no such section: only [fetch], [host NAME], [repository NAME], [registry NAME], [console], [keys], [colours]"
      )
    }
    return section
  }

  private static func trimmed(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
    guard let first = octets.firstIndex(where: { !isBlank($0) }) else { return [] }
    let last = octets.lastIndex { !isBlank($0) } ?? first
    return octets[first...last]
  }
}
