/// Makes tar archives entry by entry, right or wrong.
struct MadeTar {
  private(set) var entries: [UInt8] = []

  /// Adds an entry; `kind` is the flag of its header.
  mutating func add(
    _ path: String, _ kind: String = "0", _ body: [UInt8] = [], mode: Int = 0o644, link: String = "", owner: Int = 0,
    group: Int = 0, modified: Int = 1_600_000_000, device: (Int, Int) = (0, 0), records: [(String, [UInt8])] = []
  ) {
    if !records.isEmpty {
      let text = records.flatMap { Self.record($0.0, $0.1) }
      entries += Self.block("x", "x", size: text.count) + Self.padded(text)
    }
    let size = kind == "0" ? body.count : 0
    entries += Self.block(
      path, kind, size: size, mode: mode, link: link, owner: owner, group: group, modified: modified, device: device)
    if kind == "0" { entries += Self.padded(body) }
  }

  mutating func directory(_ path: String, mode: Int = 0o755) { add(path, "5", mode: mode) }
  mutating func link(_ path: String, to target: String) { add(path, "2", mode: 0o777, link: target) }
  mutating func hardLink(_ path: String, to target: String) { add(path, "1", link: target) }

  /// The archive with its end.
  var octets: [UInt8] { entries + [UInt8](repeating: 0, count: 1024) }

  private static func padded(_ body: [UInt8]) -> [UInt8] {
    body + [UInt8](repeating: 0, count: (512 - body.count % 512) % 512)
  }

  private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let rest = Array(" \(key)=".utf8) + value + [0x0a]
    var length = rest.count + 1
    while "\(length)".utf8.count + rest.count != length { length += 1 }
    return Array("\(length)".utf8) + rest
  }

  private static func block(
    _ path: String, _ kind: String, size: Int, mode: Int = 0o644, link: String = "", owner: Int = 0, group: Int = 0,
    modified: Int = 0, device: (Int, Int) = (0, 0)
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (position, octet) in text.utf8.enumerated() { block[offset + position] = octet }
    }
    func octal(_ value: Int, _ width: Int) -> String {
      let digits = String(value, radix: 8)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    put(path, at: 0)
    put(octal(mode, 7), at: 100)
    put(octal(owner, 7), at: 108)
    put(octal(group, 7), at: 116)
    put(octal(size, 11), at: 124)
    put(octal(modified, 11), at: 136)
    put("        ", at: 148)
    put(kind, at: 156)
    put(link, at: 157)
    put("ustar\u{0}00", at: 257)
    put(octal(device.0, 7), at: 329)
    put(octal(device.1, 7), at: 337)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
    return block
  }
}
