internal import Discovery
internal import Fetch
internal import OpenPGP
internal import TrustModel
internal import TrustVerify

/// What `keyreeve check-site` looks at: the names and the images of a site, wherever it is.
struct SiteCheckRun {
  let now: Timestamp
  let downloads: Bool

  /// A site behind web servers; `target` is what a client asks for, `stand` who answers in the place of its host.
  func served(_ target: DiscoveryTarget, _ fetcher: Fetcher, stand: Address?) -> [SiteStep] {
    let ground = ServedSite(fetcher, target, stand: stand)
    var check = SiteCheck(ground, downloads: downloads, at: now)
    let (result, _) = check.look(for: target)
    let listed = lists(of: result, ground).filter { $0.name.covers(target.name) }.flatMap(\.images)
    let wanted = listed.filter { image in
      target.labels.pairs.allSatisfy { image.labels[$0.name] == $0.value }
    }
    if wanted.isEmpty {
      check.note(
        SiteStep(
          "list", target.description, .note,
          "the site has no list of this image: what a client on this machine asks for is looked at"))
      check.look(forImage: target)
    }
    for image in wanted {
      check.look(
        forImage: DiscoveryTarget(name: image.name, labels: image.labels, port: target.port), size: image.size)
    }
    return check.steps
  }

  /// The lists beside the pages that had tags.
  private func lists(of result: DiscoveryResult, _ ground: ServedSite) -> [SiteList] {
    result.steps.filter { !$0.tags.isEmpty }.compactMap { step in
      var path = step.address.path
      while path.hasSuffix("/") { path.removeLast() }
      let text = "\(step.address.scheme.rawValue)://\(step.address.authority)\(path)/\(SiteLayout.list)"
      guard let address = try? Address(text), case .page(let octets, _) = ground.page(address) else { return nil }
      return SiteList(octets)
    }
  }

  /// A folder in place of the network.
  func folder(_ path: String, _ target: DiscoveryTarget?) throws -> [SiteStep] {
    let ground = SiteFolder(path: path)
    var check = SiteCheck(ground, downloads: true, at: now)
    let files = try ground.files()
    var names: [Prefix] = target.flatMap { try? Prefix($0.name.description) }.map { [$0] } ?? []
    var listed: Set<String> = []
    var found = false
    for file in files.lists {
      guard let list = list(path + "/" + file) else {
        check.note(SiteStep("list", file, .warning, "it is no list of images"))
        continue
      }
      if target == nil { names.append(list.name) }
      listed.formUnion(list.images.map(\.file))
      for image in list.images where target.map({ Self.wants($0, image, names) }) ?? true {
        found = true
        check.look(forImage: DiscoveryTarget(name: image.name, labels: image.labels), size: image.size)
      }
    }
    if let target {
      _ = check.look(for: target)
      // What a client would ask for that wants exactly this one.
      if !found, !target.labels.pairs.isEmpty { check.look(forImage: target) }
    }
    for file in files.images where !listed.contains(file) { lookAtStray(file, ground, names, &check) }
    guard !names.isEmpty || !files.images.isEmpty else {
      throw CommandFailure(.usage, "nothing in \(VisibleText(path)) says what it is about: add --name NAME")
    }
    if files.images.isEmpty { check.note(SiteStep("image", path, .warning, "the folder holds no images")) }
    return check.steps
  }

  /// Whether an image of a list is one that was asked for.
  private static func wants(_ target: DiscoveryTarget, _ image: SiteList.Image, _ names: [Prefix]) -> Bool {
    names.contains { $0.covers(image.name) }
      && target.labels.pairs.allSatisfy { image.labels[$0.name] == $0.value }
  }

  private func list(_ file: String) -> SiteList? {
    (try? ImageFile(file).contents(limit: SiteList.octetLimit)).flatMap { SiteList($0) }
  }

  /// An image that no list names: who signed it is for the keys of the pages to say, its name for itself.
  private func lookAtStray(_ file: String, _ ground: SiteFolder, _ names: [Prefix], _ check: inout SiteCheck) {
    let path = ground.path + "/" + file
    do {
      let signatures = try SignatureFile(path: path + ".asc", of: path)
      let keys =
        (try? ImageFile(ground.path + "/" + SiteLayout.keys).contents(limit: Int(FetchLimits.key.octets))) ?? []
      let pages = names.flatMap { name in
        (try? ImageName(name.description)).map { check.look(for: DiscoveryTarget(name: $0)).keys } ?? []
      }
      let known = pages.isEmpty ? (try? Certificate.readAll(keys)) ?? [] : pages
      let reading = try ImageReading(path, SignatureReading(signatures.signatures, by: known, at: now))
      guard case .read(let name, let labels, _) = reading.archive else {
        let why = reading.reports.first { $0.status != .good }?.detail ?? "it is no well-formed image"
        return check.note(SiteStep("image", file, .error, why))
      }
      guard names.isEmpty || names.contains(where: { $0.covers(name) }) else {
        return check.note(SiteStep("image", file, .error, "it is called \(name), which no page here is about"))
      }
      check.look(forImage: DiscoveryTarget(name: name, labels: labels))
    } catch let failure as SignatureFile.Failure {
      check.note(SiteStep("signature", file + ".asc", .error, failure.message))
    } catch {
      check.note(SiteStep("image", file, .error, "it could not be read: \(error)"))
    }
  }
}
