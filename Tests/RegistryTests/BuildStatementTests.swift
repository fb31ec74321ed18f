import TestSupport
import Testing
import TrustModel

@testable import Registry

/// What lies beside an image in a layout: statements on its build, as buildx writes them, and signatures.
@Suite("What lies beside images", .timeLimit(.minutes(1)))
final class BuildStatementTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory(prefix: "kr-beside") }

  private func read(_ path: String, _ name: String = "example.com/team/app:v1") throws -> LocalImage {
    try LocalImage(path, named: DockerReference(name))
  }

  /// An index of an image and a statement on it.
  private func built(_ system: String, layer: String = "application/vnd.in-toto+json") throws -> (MadeContainer, String)
  {
    var image = try MadeContainer(octets: 1000, forms: [.gzip])
    let first = image.descriptor(
      image.manifest, type: MadeContainer.manifestType, more: #","platform":{"os":"linux","architecture":"amd64"}"#)
    let statement = image.add(Array(#"{"_type":"https://in-toto.io/Statement/v0.1"}"#.utf8))
    let config = image.add(
      Array(#"{"architecture":"unknown","os":"unknown","rootfs":{"type":"layers","diff_ids":[]}}"#.utf8))
    let manifest = image.add(
      Array(
        """
        {"schemaVersion":2,"mediaType":"\(MadeContainer.manifestType)","config":\(image.descriptor(config, type: MadeContainer.configurationType)),\
        "layers":[\(image.descriptor(statement, type: layer))]}
        """.utf8))
    let second = image.descriptor(
      manifest, type: MadeContainer.manifestType,
      more:
        #","platform":{"os":"\#(system)","architecture":"unknown"},"annotations":{"vnd.docker.reference.type":"attestation-manifest"}"#
    )
    let index = image.add(
      Array(#"{"schemaVersion":2,"mediaType":"\#(MadeContainer.indexType)","manifests":[\#(first),\#(second)]}"#.utf8))
    return (image, index)
  }

  @Test("A statement on a build is part of what is pushed")
  func statements() throws {
    let (image, index) = try built("unknown")
    let read = try read(try image.write(to: folder, as: "built", top: index))
    #expect(read.document.digest.description == index && read.manifests.count == 2)
    #expect(
      Set(read.blobs.map(\.digest.description)).union([index]).union(read.manifests.map(\.digest.description))
        == Set(image.blobs.keys))
    try read.check()
  }

  @Test("For a platform that there is only an image is taken, and what is kept elsewhere nowhere")
  func others() throws {
    let foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
    for (system, layer) in [("linux", "application/vnd.in-toto+json"), ("unknown", foreign)] {
      let (image, index) = try built(system, layer: layer)
      let path = try image.write(to: folder, as: system, top: index)
      #expect(try #require(throws: RegistryError.self) { try read(path) }.reason == .malformed)
    }
  }

  @Test("A signature beside the only image of a layout does not make it one of several")
  func signatures() throws {
    let image = try MadeContainer(octets: 1000, forms: [.none])
    let path = try image.write(to: folder, as: "signed")
    let rows = [
      image.descriptor(
        image.manifest, type: MadeContainer.manifestType,
        more: #","annotations":{"org.opencontainers.image.ref.name":"1.0"}"#),
      image.descriptor(
        image.manifest, type: MadeContainer.manifestType, more: #","artifactType":"application/x.signature""#),
    ]
    try folder.write(
      "signed/index.json", Array(#"{"schemaVersion":2,"manifests":[\#(rows.joined(separator: ","))]}"#.utf8))
    #expect(try read(path, "example.com/team/app:other").document.digest.description == image.manifest)
  }
}
