/// Makes tar archives octet by octet, the wrong ones too.
struct TarMaker {
  static let manifest = #"{"acKind":"ImageManifest","acVersion":"0.8.11","name":"example.com/hello"}"#

  private(set) var bytes: [UInt8] = []

  /// An archive with the two entries that every image has.
  static func image(_ more: (inout TarMaker) -> Void = { _ in }) -> TarMaker {
    var tar = TarMaker()
    tar.add("manifest", body: manifest)
    tar.add("rootfs", "5")
    more(&tar)
    return tar
  }

  /// Adds an entry; `change` may spoil its header before the checksum is put in, `spoil` after.
  mutating func add(
    _ path: String, _ kind: Character = "0", body: String = "", link: String = "", mode: Int = 0o644,
    size: Int? = nil, change: (inout [UInt8]) -> Void = { _ in }, spoil: (inout [UInt8]) -> Void = { _ in }
  ) {
    var block = [UInt8](repeating: 0, count: 512)
    Self.put(path, into: &block, at: 0)
    Self.put(Self.octal(mode, 7), into: &block, at: 100)
    Self.put(Self.octal(0, 7), into: &block, at: 108)
    Self.put(Self.octal(0, 7), into: &block, at: 116)
    Self.put(Self.octal(size ?? body.utf8.count, 11), into: &block, at: 124)
    Self.put(Self.octal(0, 11), into: &block, at: 136)
    Self.put(String(kind), into: &block, at: 156)
    Self.put(link, into: &block, at: 157)
    Self.put("ustar\u{0}00", into: &block, at: 257)
    change(&block)
    let sum = block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
    Self.put(Self.octal(sum, 6) + "\0 ", into: &block, at: 148)
    spoil(&block)
    bytes += block
    add(raw: Array(body.utf8))
    bytes += [UInt8](repeating: 0, count: (512 - body.utf8.count % 512) % 512)
  }

  /// Adds a POSIX extended header with these records.
  mutating func addRecords(_ records: [(key: String, value: String)], kind: Character = "x") {
    add("PaxHeaders/x", kind, body: records.map { Self.record($0.key, $0.value) }.joined())
  }

  /// Adds octets as they are.
  mutating func add(raw: [UInt8]) {
    bytes += raw
  }

  /// The archive with its two zero blocks.
  var ended: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

  static func put(_ text: String, into block: inout [UInt8], at offset: Int) {
    for (position, octet) in text.utf8.enumerated() { block[offset + position] = octet }
  }

  static func octal(_ value: Int, _ width: Int) -> String {
    let digits = String(value, radix: 8)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// `LENGTH KEY=VALUE\n`, the length counting its own digits.
  static func record(_ key: String, _ value: String) -> String {
    let rest = " " + key + "=" + value + "\n"
    var length = rest.utf8.count + 1
    while String(length).utf8.count + rest.utf8.count != length { length += 1 }
    return String(length) + rest
  }
}
