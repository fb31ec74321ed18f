import Crypto

/// A container image that a test puts together, blob by blob, lies included.
public struct MadeContainer: Sendable {
  /// How a layer is compressed.
  public enum Form: String, Sendable, CaseIterable {
    case none, gzip, zstd
  }

  /// Every blob by its digest, the documents among them.
  public private(set) var blobs: [String: [UInt8]] = [:]
  /// Digests of the layers in order.
  public private(set) var layers: [String] = []
  /// The configuration's digest.
  public private(set) var configuration = ""
  /// The manifest's digest.
  public private(set) var manifest = ""
  /// What runs on it.
  public var architecture = "amd64"

  private var uncompressed: [String] = []
  private var types: [String] = []

  /// The type of its manifest.
  public static let manifestType = "application/vnd.oci.image.manifest.v1+json"
  /// The type of an index.
  public static let indexType = "application/vnd.oci.image.index.v1+json"
  /// The type of its configuration.
  public static let configurationType = "application/vnd.oci.image.config.v1+json"

  /// Without layers.
  public init() {}

  /// An image with one layer of each form, of so many octets of noise each.
  public init(octets: Int, forms: [Form] = Form.allCases, architecture: String = "amd64") throws {
    self.architecture = architecture
    for form in forms { try addLayer(Self.tar(named: "file-\(form)-\(layers.count)", Self.noise(octets)), form) }
    finish()
  }

  /// Octets that do not compress.
  public static func noise(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var octets: [UInt8] = []
    octets.reserveCapacity(count + 8)
    while octets.count < count { withUnsafeBytes(of: generator.next()) { octets.append(contentsOf: $0) } }
    return Array(octets.prefix(count))
  }

  /// `sha256:` and the digits.
  public static func digest(_ octets: [UInt8]) -> String {
    "sha256:"
      + SHA256.hash(data: octets).map { octet in
        let digits = String(octet, radix: 16)
        return digits.count == 2 ? digits : "0" + digits
      }.joined()
  }

  /// A tar archive of one file.
  public static func tar(named name: String, _ body: [UInt8]) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    func octal(_ value: Int, _ digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(body.count, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(octal(sum, 6) + "\0 ", at: 148)
    let padding = [UInt8](repeating: 0, count: (512 - body.count % 512) % 512)
    return header + body + padding + [UInt8](repeating: 0, count: 1024)
  }

  /// Octets in a form.
  public static func compressed(_ octets: [UInt8], _ form: Form) throws -> [UInt8] {
    switch form {
    case .none: return octets
    case .gzip: return try ChildProcess.run(["gzip", "-n", "-1", "-c"], input: octets).output
    case .zstd: return try ChildProcess.run(["zstd", "-q", "-3", "-c"], input: octets).output
    }
  }

  /// Adds a blob.
  @discardableResult
  public mutating func add(_ octets: [UInt8]) -> String {
    let digest = Self.digest(octets)
    blobs[digest] = octets
    return digest
  }

  /// Adds a layer; the configuration says that it has the digest `claimed` without compression, its own unless told otherwise.
  public mutating func addLayer(_ archive: [UInt8], _ form: Form, claimed: String? = nil) throws {
    let octets = try Self.compressed(archive, form)
    layers.append(add(octets))
    uncompressed.append(claimed ?? Self.digest(archive))
    types.append("application/vnd.oci.image.layer.v1.tar" + (form == .none ? "" : "+\(form.rawValue)"))
  }

  /// A descriptor.
  public func descriptor(_ digest: String, type: String, size: Int? = nil, more: String = "") -> String {
    "{\"mediaType\":\"\(type)\",\"digest\":\"\(digest)\",\"size\":\(size ?? blobs[digest]?.count ?? 0)\(more)}"
  }

  /// Adds configuration and manifest.
  public mutating func finish() {
    let list = uncompressed.map { "\"\($0)\"" }.joined(separator: ",")
    configuration = add(
      Array(
        "{\"architecture\":\"\(architecture)\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\(list)]}}"
          .utf8))
    let layers = zip(layers, types).map { descriptor($0, type: $1) }.joined(separator: ",")
    manifest = add(
      Array(
        """
        {"schemaVersion":2,"mediaType":"\(Self.manifestType)","config":\(descriptor(configuration, type: Self.configurationType)),\
        "layers":[\(layers)]}
        """.utf8))
  }

  /// Adds an index of images by platform, whose blobs become this one's too; its digest.
  public mutating func addIndex(_ images: [MadeContainer]) -> String {
    for image in images { blobs.merge(image.blobs) { $1 } }
    let rows = images.map { image in
      descriptor(
        image.manifest, type: Self.manifestType,
        more: ",\"platform\":{\"os\":\"linux\",\"architecture\":\"\(image.architecture)\"}")
    }
    return add(
      Array(
        "{\"schemaVersion\":2,\"mediaType\":\"\(Self.indexType)\",\"manifests\":[\(rows.joined(separator: ","))]}".utf8)
    )
  }

  /// Writes an OCI layout whose index names one document.
  public func write(to folder: borrowing TemporaryDirectory, as name: String, top: String? = nil) throws -> String {
    let top = top ?? manifest
    let path = try folder.mkdir(name)
    try folder.mkdir(name + "/blobs/sha256")
    for (digest, octets) in blobs { try folder.write(name + "/blobs/sha256/" + digest.dropFirst(7), octets) }
    try folder.write(name + "/oci-layout", Array("{\"imageLayoutVersion\":\"1.0.0\"}".utf8))
    let isIndex = String(decoding: blobs[top] ?? [], as: UTF8.self).contains("\"manifests\"")
    let row = descriptor(top, type: isIndex ? Self.indexType : Self.manifestType)
    try folder.write(name + "/index.json", Array("{\"schemaVersion\":2,\"manifests\":[\(row)]}".utf8))
    return path
  }

  /// Has a test site answer as a registry with this image in a repository; the tag is the manifest's, or `top`'s.
  public func serve(on site: TestSite, as repository: String, tag: String, top: String? = nil) throws {
    for (digest, octets) in blobs {
      let text = String(decoding: octets.prefix(400), as: UTF8.self)
      if text.hasPrefix("{\"schemaVersion\"") {
        let type = text.contains("\"manifests\"") ? Self.indexType : Self.manifestType
        let answer = SiteAnswer(.octets(octets)).with(header: "Content-Type", type)
        try site.answer("/v2/\(repository)/manifests/\(digest)", answer)
        if digest == top ?? manifest { try site.answer("/v2/\(repository)/manifests/\(tag)", answer) }
      }
      try site.answer("/v2/\(repository)/blobs/\(digest)", SiteAnswer(.octets(octets)).with { $0.ranges = true })
    }
  }
}
