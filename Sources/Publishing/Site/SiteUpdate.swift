internal import Discovery
internal import DurableFiles
internal import Glibc
internal import OpenPGP
internal import TrustModel

/// One publication on its way into the site, in the order in which nobody is ever shown an image without its signature,
/// or a page without what it names: keys, signatures, images, the list, the page.
struct SiteUpdate: ~Copyable {
  private let wish: SitePublication
  private let tree: SiteTree
  private let standing: [Certificate]

  init(_ wish: SitePublication, _ tree: consuming SiteTree, _ standing: [Certificate]) {
    self.tree = tree
    (self.wish, self.standing) = (wish, standing)
  }

  func run(_ offered: [OfferedImage]) throws(PublishingProblem) -> SitePublication.Result {
    let folders = SiteLayout.pageFolders(of: wish.name)
    let keys = keys(offered)
    var result = SitePublication.Result(
      page: (folders + [SiteLayout.page]).joined(separator: "/"),
      addresses: ("https://\(wish.name)", "\(wish.baseText)/\(SiteLayout.keys)"))
    result.keys = keys.map(\.fingerprint)
    result.notes = offered.flatMap(\.notes)
    try requireOwnPage(folders)
    for image in offered {
      result.rows.append(try row(image))
      if wish.isLatest { try requireNoFolder(at: image) }
    }
    let list = try list(offered, &result.notes)
    result.listed = list.images.count
    let keyFile = Certificate.armored(keys)
    let limit = OpenPGPLimits.standard
    guard keyFile.count <= limit.keyFileOctets, keys.count <= limit.certificates else {
      throw PublishingProblem(.usage, "the site would have more keys than clients read: \(keys.count)")
    }
    guard !wish.isDryRun else { return result }
    try write(keyFile, SiteLayout.keys, in: [])
    for (image, row) in zip(offered, result.rows) { try place(image, row.action) }
    if wish.isLatest { for image in offered { try pointLatest(at: image) } }
    try write(list.octets, SiteLayout.list, in: folders)
    try write(SitePage(list: list, base: wish.baseText, keys: keys).octets, SiteLayout.page, in: folders)
    return result
  }

  /// Everybody who signed something here, in the order of the fingerprints.
  private func keys(_ offered: [OfferedImage]) -> [Certificate] {
    var keys: [Fingerprint: Certificate] = [:]
    for certificate in standing + offered.flatMap(\.signers) { keys[certificate.fingerprint] = certificate }
    return keys.values.sorted { $0.fingerprint < $1.fingerprint }
  }

  private func requireOwnPage(_ folders: [String]) throws(PublishingProblem) {
    guard !wish.isReplacing, let page = try tree.contents(folders, SiteLayout.page, limit: 1 << 20) else { return }
    guard String(decoding: page, as: UTF8.self).contains(SitePage.mark) else {
      throw PublishingProblem(
        .declined,
        "\((folders + [SiteLayout.page]).joined(separator: "/")) of the site was not written by keyreeve; to replace it: --overwrite"
      )
    }
  }

  private func row(_ image: OfferedImage) throws(PublishingProblem) -> SitePublication.Result.Row {
    SitePublication.Result.Row(
      path: image.path, name: image.row.name, labels: image.row.labels, file: image.row.file,
      action: try action(image))
  }

  private func action(_ image: OfferedImage) throws(PublishingProblem) -> SitePublication.Result.Action {
    guard let folder = try tree.folder(image.folders) else { return .added }
    guard let digest = try SiteFile.digest(image.fileName, in: folder) else { return .added }
    guard digest == image.digest else {
      guard wish.isReplacing else {
        throw PublishingProblem(
          .declined,
          "the site has another image as \(image.row.file): give \(VisibleText(image.path)) another version, or replace it with --overwrite"
        )
      }
      return .replaced
    }
    let signature = try tree.contents(image.folders, image.fileName + ".asc", limit: 1 << 20)
    return signature == image.signature ? .unchanged : .resigned
  }

  /// What stood in the list and is still there, with what is published now.
  private func list(_ offered: [OfferedImage], _ notes: inout [String]) throws(PublishingProblem) -> SiteList {
    var list = try tree.list(of: wish.name)
    let new = Set(offered.map(\.row.file))
    var kept: [SiteList.Image] = []
    for image in list.images where !new.contains(image.file) {
      let parts = image.file.split(separator: "/").map(String.init)
      var isThere = false
      if let folder = try tree.folder(parts.dropLast()) {
        isThere = try SiteFile.isThere(parts.last ?? "", in: folder)
      }
      if isThere { kept.append(image) } else { notes.append("\(image.file) is gone, and no longer listed") }
    }
    list.images = kept + offered.map(\.row)
    guard list.images.count <= PublishingLimits.siteImages else {
      throw PublishingProblem(.usage, "a page lists at most \(PublishingLimits.siteImages) images")
    }
    return list
  }

  private func place(_ image: OfferedImage, _ action: SitePublication.Result.Action) throws(PublishingProblem) {
    guard action != .unchanged else { return }
    let folder = try tree.make(image.folders)
    // The signature first: an image alone would be one that nobody vouches for.
    try SiteFile.write(image.signature, image.fileName + ".asc", in: folder)
    if action != .resigned { try SiteFile.copy(image, into: folder) }
  }

  /// What cannot be made to stand for the latest version is known before anything is written.
  private func requireNoFolder(at image: OfferedImage) throws(PublishingProblem) {
    guard image.folders.last != SiteLayout.latest, let folder = try tree.folder(image.folders.dropLast()) else {
      return
    }
    let place = (image.folders.dropLast() + [SiteLayout.latest]).joined(separator: "/")
    do throws(WriteError) {
      guard try folder.kind(of: SiteLayout.latest) == .directory else { return }
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
    throw PublishingProblem(
      .usage, "\(place) of the site is a folder of its own and cannot stand for the latest version: leave out --latest")
  }

  private func pointLatest(at image: OfferedImage) throws(PublishingProblem) {
    guard let version = image.folders.last, version != SiteLayout.latest else { return }
    try SiteFile.link(SiteLayout.latest, to: version, in: try tree.make(image.folders.dropLast()))
  }

  private func write(_ octets: [UInt8], _ name: String, in folders: [String]) throws(PublishingProblem) {
    guard try tree.contents(folders, name, limit: PublishingLimits.siteList) != octets else { return }
    try SiteFile.write(octets, name, in: try tree.make(folders))
  }
}
