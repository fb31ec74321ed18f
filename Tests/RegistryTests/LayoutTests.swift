import TestSupport
import Testing
import TrustModel

@testable import Registry

/// Layouts in folders and archives, and archives of docker save.
@Suite("Layouts and archives", .timeLimit(.minutes(2)))
final class LayoutTests {
  private let folder: TemporaryDirectory
  private static let name = "example.com/team/app:v1"

  init() throws { folder = try TemporaryDirectory(prefix: "kr-layout") }

  private func read(_ path: String, _ name: String = name) throws -> LocalImage {
    try LocalImage(path, named: DockerReference(name))
  }

  private func archive(_ path: String, _ name: String, _ more: String...) throws -> String {
    let file = folder.path + "/" + name
    let outcome = try ChildProcess.run(["tar", "-C", path] + more + ["-cf", file, "."])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    return file
  }

  @Test("A folder and its archive are the same image, an index with all of its images")
  func layouts() throws {
    let image = try MadeContainer(octets: 3000)
    let path = try image.write(to: folder, as: "one")
    for place in [path, try archive(path, "one.tar")] {
      let read = try read(place)
      #expect(read.document.digest.description == image.manifest && read.blobs.count == 4 && read.manifests.count == 1)
      try read.check()
    }
    var both = MadeContainer()
    let other = try MadeContainer(octets: 2000, forms: [.gzip], architecture: "arm64")
    let index = both.addIndex([image, other])
    let wide = try read(try both.write(to: folder, as: "both", top: index))
    #expect(wide.document.digest.description == index && wide.manifests.count == 2 && wide.blobs.count == 6)
    try wide.check()
  }

  @Test("What is missing, changed or no layout is refused with its reason")
  func damaged() throws {
    let image = try MadeContainer(octets: 3000)
    func damaged(_ name: String, _ change: (String) throws -> Void) throws -> RegistryError {
      let path = try image.write(to: folder, as: name)
      try change(name)
      return try #require(throws: RegistryError.self) { try read(path).check() }
    }
    let layer = "/blobs/sha256/" + image.layers[0].dropFirst(7)
    let manifest = "/blobs/sha256/" + image.manifest.dropFirst(7)
    #expect(try damaged("a") { try folder.write($0 + layer, MadeContainer.noise(10)) }.reason == .tampered)
    #expect(try damaged("b") { try folder.write($0 + manifest, Array("{}".utf8)) }.reason == .tampered)
    #expect(try damaged("c") { try folder.write($0 + "/index.json", Array("{".utf8)) }.reason == .malformed)
    #expect(try damaged("d") { try folder.write($0 + "/oci-layout", Array("{}".utf8)) }.reason == .malformed)
    #expect(try damaged("e") { _ = try ChildProcess.run(["rm", folder.path + "/" + $0 + layer]) }.reason == .malformed)
    // A link in the place of a blob is not followed.
    let linked = try damaged("f") { name in
      _ = try ChildProcess.run(["ln", "-sf", "/etc/hostname", folder.path + "/" + name + layer])
    }
    #expect(linked.reason == .failed || linked.reason == .malformed)
    #expect(
      try damaged("g") { _ = try ChildProcess.run(["rm", folder.path + "/" + $0 + "/index.json"]) }.reason == .malformed
    )
    #expect(try #require(throws: RegistryError.self) { try read(folder.path + "/nothing") }.reason == .notFound)
  }

  private func saved(_ name: String, config: String? = nil, layer: String = "1/layer.tar") throws -> String {
    try folder.mkdir(name + "/1")
    let body = MadeContainer.tar(named: "file", MadeContainer.noise(2000))
    let configuration = Array(
      "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"\(MadeContainer.digest(body))\"]}}"
        .utf8)
    let file = config ?? MadeContainer.digest(configuration).dropFirst(7) + ".json"
    try folder.write(name + "/1/layer.tar", body)
    if !file.contains("..") { try folder.write(name + "/" + file, configuration) }
    let list = "[{\"Config\":\"\(file)\",\"RepoTags\":[\"example.com/team/app:v1\"],\"Layers\":[\"\(layer)\"]}]"
    try folder.write(name + "/manifest.json", Array(list.utf8))
    return try archive(folder.path + "/" + name, name + ".tar")
  }

  @Test("An archive of docker save becomes the same manifest each time; paths out of it are refused")
  func dockerSave() throws {
    let path = try saved("good")
    let (first, second) = (try read(path), try read(path))
    #expect(first.document.digest == second.document.digest && first.document.type == .dockerManifest)
    #expect(first.blobs.count == 2)
    try first.check()
    for bad in ["../1/layer.tar", "/etc/passwd", "1/../1/layer.tar", "1//layer.tar", "nothing"] {
      let error = try #require(throws: RegistryError.self) { try read(try saved("bad", layer: bad)) }
      #expect(error.reason == .malformed, "\(error)")
    }
    #expect(
      try #require(throws: RegistryError.self) { try read(try saved("lie", config: "x.json")) }.reason == .tampered)
    // Octets that the configuration does not name.
    let body = try saved("swapped")
    _ = try ChildProcess.run(["sh", "-c", "printf X | dd of=\"$1\" bs=1 seek=3000 conv=notrunc", "sh", body])
    #expect(throws: RegistryError.self) { try read(body).check() }
  }

  @Test("The same name twice in an archive is refused, and so are a device and a path out of it")
  func archives() throws {
    let path = try MadeContainer(octets: 100).write(to: folder, as: "x")
    let file = try archive(path, "twice.tar")
    _ = try ChildProcess.run(["tar", "-C", path, "-rf", file, "./index.json"])
    #expect(try #require(throws: RegistryError.self) { try read(file) }.description.contains("twice"))
    let outside = folder.path + "/outside.tar"
    _ = try ChildProcess.run(["tar", "-P", "-cf", outside, "--transform=s,^,../,", path + "/index.json"])
    #expect(try #require(throws: RegistryError.self) { try read(outside) }.reason == .malformed)
    _ = try ChildProcess.run(["mkfifo", path + "/fifo"])
    #expect(try #require(throws: RegistryError.self) { try read(try archive(path, "fifo.tar")) }.reason == .malformed)
  }
}
