/// Makes small image archives octet by octet, in order or not.
public struct MadeImage: Sendable {
  /// The name in the manifest.
  public var name = "example.com/hello"
  /// The labels in the manifest, as JSON members of an array.
  public var labels = #"{"name":"version","value":"0.0.1"},{"name":"os","value":"linux"}"#
  /// The images that it stands on, as JSON objects of an array.
  public var dependencies = ""
  /// How often the manifest stands in the archive; once is right.
  public var manifests = 1
  /// How many octets the one file of the root file system has.
  public var size = 5

  /// An image as it usually is.
  public init(name: String = "example.com/hello", manifests: Int = 1, size: Int = 5) {
    (self.name, self.manifests, self.size) = (name, manifests, size)
  }

  /// The same image with something changed.
  public func with(_ change: (inout MadeImage) -> Void) -> MadeImage {
    var copy = self
    change(&copy)
    return copy
  }

  /// The archive, not compressed.
  public var octets: [UInt8] {
    let manifest = """
      {"acKind":"ImageManifest","acVersion":"0.8.11","name":"\(name)","labels":[\(labels)],"dependencies":[\(dependencies)]}
      """
    var archive: [UInt8] = []
    for _ in 0..<manifests { archive += Self.entry("manifest", "0", Array(manifest.utf8)) }
    archive += Self.entry("rootfs", "5", [])
    archive += Self.entry("rootfs/file", "0", [UInt8](repeating: 0x61, count: size))
    return archive + [UInt8](repeating: 0, count: 1024)
  }

  /// An archive that is well formed.
  public static let usual = MadeImage().octets
  /// An archive with two manifests, the second of which another reader might take.
  public static let malformed = MadeImage(manifests: 2).octets

  private static func entry(_ path: String, _ kind: String, _ body: [UInt8]) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (position, octet) in text.utf8.enumerated() { block[offset + position] = octet }
    }
    func octal(_ value: Int, _ width: Int) -> String {
      let digits = String(value, radix: 8)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    put(path, at: 0)
    put(kind == "5" ? "0000755" : "0000644", at: 100)
    for offset in [108, 116] { put("0000000", at: offset) }
    put(octal(body.count, 11), at: 124)
    put("00000000000", at: 136)
    put("        ", at: 148)
    put(kind, at: 156)
    put("ustar\u{0}00", at: 257)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
    return block + body + [UInt8](repeating: 0, count: (512 - body.count % 512) % 512)
  }
}
