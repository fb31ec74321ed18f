internal import Glibc
internal import TrustModel

extension TrustFolder {
  /// What keeps the folder or something in it from being read, with the path as it is opened from here.
  ///
  /// Of a link it is said where it leads and what names the real folder. Links on the way to the folder are followed on the machine
  /// itself, where they are the user's own. Below a sysroot none is, since it was made for another root and could lead out of the
  /// sysroot; below the folder none is either, since what lies there is named by others, and a link could lead to any file.
  public func sentence(_ error: StoreError) -> String {
    let place = sysroot.located(error.path)
    guard case .symbolicLink = error else { return "\(VisibleText(place)): \(error.problem)" }
    guard let target = Self.target(ofLink: place) else { return "\(VisibleText(place)) is a symbolic link; try again" }
    let link = "\(VisibleText(place)) is a symbolic link to \(VisibleText(target)), which is not followed"
    guard let real = realFolder(link: error.path, target) else {
      return
        "\(link): put the folder itself in its place, or make \(VisibleText(sysroot.located(path))) as a whole a link"
    }
    let ending = "/" + MachineStores.contentTrustName
    let named =
      real.hasSuffix(ending) && real != ending ? "DOCKER_CONFIG=\(real.dropLast(ending.count))" : "--trust-dir \(real)"
    return "\(link) with --sysroot: \(VisibleText(named)) names the real folder"
  }

  /// The folder behind a link on the way to it, by its path on the machine; nil where the link lies below the folder.
  private func realFolder(link: String, _ target: String) -> String? {
    guard path == link || path.hasPrefix(link + "/") else { return nil }
    let parent = link[..<(link.lastIndex(of: "/") ?? link.startIndex)]
    let whole = (target.hasPrefix("/") ? target : "\(parent)/\(target)") + path.dropFirst(link.count)
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Where a link leads, as written in it: only to be shown.
  private static func target(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = unsafe readlink(path, &buffer, buffer.count)
    guard length > 0 else { return nil }
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
