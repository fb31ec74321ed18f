import Testing
import TestSupport
import TrustModel

@testable import Registry

/// Manifests, indexes and configurations as registries and attackers write them.
@Suite("Manifests and indexes")
struct DocumentTests {
  private static let hex = String(repeating: "ab", count: 32)
  private static let config =
    "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"sha256:\(hex)\",\"size\":7}"

  private static func layer(
    _ type: String = "application/vnd.oci.image.layer.v1.tar+gzip", _ digest: String = "sha256:\(hex)",
    size: String = "7"
  ) -> String { "{\"mediaType\":\"\(type)\",\"digest\":\"\(digest)\",\"size\":\(size)}" }

  private static func manifest(_ layers: String, type: String? = MadeContainer.manifestType, more: String = "")
    -> String
  {
    let own = type.map { "\"mediaType\":\"\($0)\"," } ?? ""
    return "{\"schemaVersion\":2,\(own)\"config\":\(config),\"layers\":[\(layers)]\(more)}"
  }

  private func read(_ text: String, _ claimed: String? = MadeContainer.manifestType) throws -> ContainerDocument {
    try ContainerDocument(Array(text.utf8), claimed: claimed)
  }

  @Test("Both dialects are read, with and without the type in the document")
  func good() throws {
    let text = Self.manifest(Self.layer())
    let document = try read(text, "Application/vnd.oci.image.manifest.v1+json; charset=utf-8")
    #expect(document.digest.description == MadeContainer.digest(Array(text.utf8)))
    #expect(try read(Self.manifest(Self.layer(), type: nil)).type == .ociManifest)
    #expect(try read(Self.manifest(Self.layer(), type: nil), nil).type == .ociManifest)
    #expect(try read(text, "application/json").type == .ociManifest)
    let docker = "application/vnd.docker.distribution.manifest.v2+json"
    #expect(try read(Self.manifest(Self.layer(), type: docker), docker).type == .dockerManifest)
  }

  @Test(
    "What readers would differ about, and what is no manifest, is refused",
    arguments: [
      (manifest(layer()), "application/vnd.docker.distribution.manifest.v2+json", "delivered as"),
      (manifest(layer(), type: nil), "application/vnd.docker.distribution.manifest.v2+json", "delivered as"),
      (manifest(layer(), more: ",\"manifests\":[]"), MadeContainer.manifestType, "an image and an index at once"),
      (manifest(layer(), more: ",\"Layers\":[]"), MadeContainer.manifestType, "some readers take for layers"),
      (manifest(layer(), more: ",\"layers\":[]"), MadeContainer.manifestType, "stands twice"),
      (manifest(layer(), type: MadeContainer.indexType), MadeContainer.indexType, "of another kind"),
      ("{\"schemaVersion\":2}", MadeContainer.manifestType, "neither an image nor an index"),
      ("{\"schemaVersion\":1,\"fsLayers\":[]}", "application/json", "schema 1"),
      ("{}", "application/vnd.docker.distribution.manifest.v1+prettyjws", "schema 1"),
      (manifest(layer()), "text/html", "in place of a manifest"), ("[]", MadeContainer.manifestType, "no JSON object"),
      (
        manifest(layer("application/vnd.oci.image.layer.nondistributable.v1.tar")), MadeContainer.manifestType,
        "foreign"
      ),
      (
        manifest(layer("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")), MadeContainer.manifestType,
        "foreign"
      ),
      (manifest(layer("text/plain")), MadeContainer.manifestType, "which is no layer"),
      (manifest(layer(size: "-1")), MadeContainer.manifestType, "no size"),
      (manifest(layer(size: "1.5")), MadeContainer.manifestType, "whole numbers"),
      (manifest(layer(size: "\(RegistryLimits.blobOctets + 1)")), MadeContainer.manifestType, "are allowed"),
      (manifest(layer() + "," + layer(size: "8")), MadeContainer.manifestType, "two lengths"),
    ])
  func refused(_ text: String, _ claimed: String, _ words: String) throws {
    let error = try #require(throws: RegistryError.self) { try read(text, claimed) }
    #expect(error.reason == .malformed && error.description.contains(words), "\(error)")
  }

  @Test(
    "Digests are of the one form before they come near an address or a path",
    arguments: [
      "sha256:../../x", "sha256:\(hex.uppercased())", "sha256:ab", "sha512:\(hex)\(hex)", "md5:\(hex)", "\(hex)",
      "sha256:" + String(repeating: "x", count: 64), "sha256:\(hex)0", "",
    ])
  func digests(_ digest: String) throws {
    let text = Self.manifest(Self.layer("application/vnd.oci.image.layer.v1.tar", digest))
    #expect(try #require(throws: RegistryError.self) { try read(text) }.reason == .malformed)
  }

  @Test("As many layers as the limit, and one more; a manifest as long as the limit, and one octet more")
  func limits() throws {
    func text(_ count: Int) -> String {
      Self.manifest(Array(repeating: Self.layer(), count: count).joined(separator: ","))
    }
    _ = try read(text(RegistryLimits.layers))
    #expect(throws: RegistryError.self) { try read(text(RegistryLimits.layers + 1)) }
    let short = Self.manifest(Self.layer())
    let spaces = String(repeating: " ", count: RegistryLimits.manifestOctets - short.utf8.count)
    _ = try read(short + spaces)
    #expect(throws: RegistryError.self) { try read(short + spaces + " ") }
  }

  private func index(_ rows: [(os: String, architecture: String, variant: String?, digit: String)]) throws
    -> ContainerIndex
  {
    let texts = rows.map { row in
      let variant = row.variant.map { ",\"variant\":\"\($0)\"" } ?? ""
      return """
        {"mediaType":"\(MadeContainer.manifestType)","digest":"sha256:\(String(repeating: row.digit, count: 64))","size":5,\
        "platform":{"os":"\(row.os)","architecture":"\(row.architecture)"\(variant)}}
        """
    }
    let text =
      "{\"schemaVersion\":2,\"mediaType\":\"\(MadeContainer.indexType)\",\"manifests\":[\(texts.joined(separator: ","))]}"
    guard case .index(let index) = try read(text, MadeContainer.indexType).content else {
      throw RegistryError(.failed, "")
    }
    return index
  }

  @Test("Of an index the one manifest for the platform is taken, and of two for the same none")
  func platforms() throws {
    let found = try index([
      ("linux", "amd64", nil, "1"), ("linux", "arm64", "v8", "2"), ("linux", "arm", "v6", "3"),
      ("linux", "arm", "v7", "4"),
      ("windows", "amd64", nil, "5"), ("unknown", "unknown", nil, "6"),
    ])
    func digit(_ platform: String) throws -> Character? {
      try found.manifest(for: ImagePlatform(platform)).digest.hex.first
    }
    #expect(try digit("linux/amd64") == "1" && digit("linux/arm64") == "2" && digit("linux/arm64/v8") == "2")
    #expect(try digit("linux/arm/v6") == "3" && digit("linux/arm") == "4" && digit("windows/amd64") == "5")
    let missing = try #require(throws: RegistryError.self) { try digit("linux/s390x") }
    #expect(missing.reason == .notFound && missing.description.contains("linux/arm/v7"))
    let twice = try index([("linux", "amd64", nil, "1"), ("linux", "amd64", nil, "2")])
    #expect(throws: RegistryError.self) { try twice.manifest(for: ImagePlatform("linux/amd64")) }
    // The same manifest twice is one.
    let same = try index([("linux", "amd64", nil, "1"), ("linux", "amd64", nil, "1")])
    #expect(try same.manifest(for: ImagePlatform("linux/amd64")).digest.hex.first == "1")
    let several = try index([("linux", "ppc", "a", "1"), ("linux", "ppc", "b", "2")])
    #expect(
      try #require(throws: RegistryError.self) { try several.manifest(for: ImagePlatform("linux/ppc")) }.reason
        == .usage)
  }

  @Test("An index inside an index is not followed, and an index has a limit")
  func nested() throws {
    let row = """
      {"mediaType":"\(MadeContainer.indexType)","digest":"sha256:\(Self.hex)","size":5,"platform":{"os":"linux","architecture":"amd64"}}
      """
    func text(_ count: Int) -> String {
      "{\"schemaVersion\":2,\"manifests\":[\(Array(repeating: row, count: count).joined(separator: ","))]}"
    }
    guard case .index(let index) = try read(text(1), MadeContainer.indexType).content else {
      return #expect(Bool(false))
    }
    #expect(throws: RegistryError.self) { try index.manifest(for: ImagePlatform("linux/amd64")) }
    _ = try read(text(RegistryLimits.manifests), MadeContainer.indexType)
    #expect(throws: RegistryError.self) { try read(text(RegistryLimits.manifests + 1), MadeContainer.indexType) }
  }

  @Test("A configuration names as many layers as the manifest has", arguments: [0, 1, 2])
  func configuration(_ count: Int) throws {
    let octets = Array("{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:\(Self.hex)\"]},\"x\":1.5}".utf8)
    if count == 1 {
      #expect(try ContainerConfiguration(octets, layerCount: 1).layers.count == 1)
    } else {
      #expect(throws: RegistryError.self) { try ContainerConfiguration(octets, layerCount: count) }
    }
  }

  @Test(
    "Platforms are read and refused",
    arguments: [
      ("linux/amd64", true), ("linux", false), ("a/b/c/d", false), ("a//b", false), ("Linux/x", false), ("a/b/c", true),
    ])
  func platform(_ text: String, _ isGood: Bool) {
    #expect(((try? ImagePlatform(text)) != nil) == isGood)
  }
}
