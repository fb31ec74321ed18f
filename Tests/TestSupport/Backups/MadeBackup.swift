import Crypto

/// Makes backups octet by octet, the wrong ones too.
public struct MadeBackup {
  /// One file as the manifest lists it, and as an entry.
  public struct File {
    /// The store's name and the path below it.
    public var store: String, path: String
    /// What it holds.
    public var octets: [UInt8]
    /// Four digits.
    public var mode = "0644"
    /// The kind of the tar entry.
    public var kind: Character = "0"
    /// Where a link leads.
    public var link = ""
    /// The entry's path, where it is another one than the manifest's.
    public var entryPath: String?
    /// What the manifest says of it, where that is not true.
    public var claimedSize: Int?, claimedDigest: String?

    /// A file.
    public init(_ store: String, _ path: String, _ octets: [UInt8]) {
      (self.store, self.path, self.octets) = (store, path, octets)
    }
  }

  /// The manifest's members.
  public var schema = "keyreeve.backup/1", program = "keyreeve 0.1.0", host = "web01"
  /// When it was made, and the same in seconds since the epoch.
  public var created = "2026-11-18T09:10:00Z", modified = 1_794_993_000
  /// Where content trust lay.
  public var contentTrust = "/root/.docker/trust"
  /// Further members, as text behind the files: `,\n  "name": value`.
  public var furtherMembers = ""
  /// The files.
  public var files: [File]
  /// The entries behind the manifest, as positions in `files`; all of them in order where nil.
  public var entries: [Int]?
  /// Whether the manifest names its true digest.
  public var isDigested = true
  /// What stands behind the manifest's last line end.
  public var trailingText = ""

  /// A backup of these files.
  public init(_ files: [File]) { self.files = files }

  /// The manifest.
  public var manifest: [UInt8] {
    let body = text(closing: "")
    let digest = isDigested ? Self.digest(text(closing: "\n}")) : "sha256-" + String(repeating: "0", count: 64)
    return Array((body + ",\n  \"digest\": \"\(digest)\"\n}\n" + trailingText).utf8)
  }

  /// The whole archive.
  public var octets: [UInt8] {
    var octets = entry("manifest.json", manifest, mode: 0o600)
    for index in entries ?? Array(files.indices) {
      let file = files[index]
      octets += entry(
        file.entryPath ?? "\(file.store)/\(file.path)", file.octets, mode: Int(file.mode, radix: 8) ?? 0,
        kind: file.kind,
        link: file.link)
    }
    return octets + [UInt8](repeating: 0, count: 1024)
  }

  /// `sha256-` and 64 digits.
  public static func digest(_ octets: [UInt8]) -> String {
    "sha256-"
      + SHA256.hash(data: octets).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func digest(_ text: String) -> String { digest(Array(text.utf8)) }

  private func text(closing: String) -> String {
    let stores = [
      ("trusted-keys", "/etc/rkt/trustedkeys"), ("content-trust", contentTrust), ("configuration", "/etc/keyreeve"),
    ].map { "    {\n      \"name\": \"\($0)\",\n      \"directory\": \"\($1)\"\n    }" }.joined(separator: ",\n")
    let rows = files.map { file in
      """
          {
            "store": "\(file.store)",
            "path": "\(file.path)",
            "mode": "\(file.mode)",
            "size": \(file.claimedSize ?? file.octets.count),
            "digest": "\(file.claimedDigest ?? Self.digest(file.octets))"
          }
      """
    }.joined(separator: ",\n")
    let list = files.isEmpty ? "[]" : "[\n\(rows)\n  ]"
    return """
      {
        "schema": "\(schema)",
        "program": "\(program)",
        "created": "\(created)",
        "host": "\(host)",
        "stores": [
      \(stores)
        ],
        "files": \(list)\(furtherMembers)\(closing)
      """
  }

  private func entry(
    _ path: String, _ body: [UInt8], mode: Int, kind: Character = "0", link: String = ""
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (position, octet) in text.utf8.enumerated() { block[offset + position] = octet }
    }
    func octal(_ value: Int, _ width: Int) -> String {
      let digits = String(value, radix: 8)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    put(path, at: 0)
    for (value, offset) in [(mode, 100), (0, 108), (0, 116), (0, 329), (0, 337)] { put(octal(value, 7), at: offset) }
    put(octal(kind == "0" ? body.count : 0, 11), at: 124)
    put(octal(modified, 11), at: 136)
    put(String(kind), at: 156)
    put(link, at: 157)
    put("ustar\u{0}00", at: 257)
    put("        ", at: 148)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
    guard kind == "0" else { return block }
    return block + body + [UInt8](repeating: 0, count: (512 - body.count % 512) % 512)
  }
}
