internal import Discovery
internal import Fetch
internal import Glibc
internal import TrustModel
internal import TrustVerify

/// A site's folder, read in place of the network.
struct SiteFolder: SiteGround {
  let path: String

  /// How much of a folder is gone through.
  static let entryLimit = 100_000
  static let depthLimit = 64

  func page(_ address: Address) -> Discovery.Answer {
    guard let parts = Self.parts(of: address.path) else { return .status(404, redirects: []) }
    let place = ([path] + parts).joined(separator: "/")
    for file in [place + "/" + SiteLayout.page, place] {
      if case .success(let octets) = Self.contents(file, Int(FetchLimits.page.octets)) {
        return .page(octets, redirects: [])
      }
    }
    return .status(404, redirects: [])
  }

  func file(_ address: Address, _ limits: FetchLimits) -> Result<[UInt8], SiteObstacle> {
    guard let file = path(of: address) else { return .failure(SiteObstacle(reason: "it is not in the folder")) }
    return Self.contents(file, Int(limits.octets))
  }

  func size(of address: Address) -> Result<UInt64?, SiteObstacle> {
    guard let file = path(of: address) else { return .failure(SiteObstacle(reason: "it is not in the folder")) }
    do throws(ImageFile.Failure) {
      return .success(UInt64(try ImageFile(file).size))
    } catch {
      return .failure(SiteObstacle(reason: "it \(error.problem)"))
    }
  }

  func read(_ address: Address, _ each: (UnsafeRawBufferPointer) -> Void) -> SiteObstacle? {
    guard let file = path(of: address) else { return SiteObstacle(reason: "it is not in the folder") }
    do throws(ImageFile.Failure) {
      try ImageFile(file).forEachChunk(each)
      return nil
    } catch {
      return SiteObstacle(reason: "it \(error.problem)")
    }
  }

  /// The file that an address means: the folder may be seen at any place of a server, so that what stands in front of
  /// the way below it does not count.
  func path(of address: Address) -> String? {
    guard var parts = Self.parts(of: address.path) else { return nil }
    while !parts.isEmpty {
      let file = ([path] + parts).joined(separator: "/")
      var status = stat()
      if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG { return file }
      parts.removeFirst()
    }
    return nil
  }

  /// The components of an address's path, decoded; nil where one of them leads elsewhere.
  private static func parts(of path: String) -> [String]? {
    var parts: [String] = []
    for part in path.split(separator: "/") {
      var octets: [UInt8] = []
      var rest = Array(part.utf8)[...]
      while let octet = rest.popFirst() {
        if octet == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
          octets.append(value)
          rest = rest.dropFirst(2)
        } else {
          octets.append(octet)
        }
      }
      let text = String(decoding: octets, as: UTF8.self)
      guard text != ".", text != "..", !text.utf8.contains(UInt8(ascii: "/")), !text.utf8.contains(0) else {
        return nil
      }
      parts.append(text)
    }
    return parts
  }

  private static func contents(_ file: String, _ limit: Int) -> Result<[UInt8], SiteObstacle> {
    do throws(ImageFile.Failure) {
      return .success(try ImageFile(file).contents(limit: limit))
    } catch {
      return .failure(SiteObstacle(reason: "it \(error.problem)"))
    }
  }

  /// Every image below the folder and every list, by their paths in it, in order.
  func files() throws -> (images: [String], lists: [String]) {
    var found = (images: [String](), lists: [String]())
    var count = 0
    try visit("", depth: 0, &count) { file in
      if file.hasSuffix(".aci") { found.images.append(file) }
      if file == SiteLayout.list || file.hasSuffix("/" + SiteLayout.list) { found.lists.append(file) }
    }
    return found
  }

  private func visit(_ folder: String, depth: Int, _ count: inout Int, _ each: (String) -> Void) throws {
    guard depth < Self.depthLimit, let stream = opendir(path + "/" + folder) else { return }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      count += 1
      guard count <= Self.entryLimit else {
        throw CommandFailure(
          .failed, "\(VisibleText(path)) has more than \(Self.entryLimit) entries: it is no site's folder")
      }
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    // What begins with a dot no client asks for: unfinished files of a publication.
    for name in names.sorted() where !name.hasPrefix(".") {
      let place = folder.isEmpty ? name : folder + "/" + name
      var status = stat()
      guard lstat(path + "/" + place, &status) == 0 else { continue }
      // Links stand for what is there under another name.
      switch status.st_mode & S_IFMT {
      case S_IFDIR: try visit(place, depth: depth + 1, &count, each)
      case S_IFREG: each(place)
      default: break
      }
    }
  }
}
