internal import Fetch
internal import TrustModel

extension Discovery {
  /// Reads a page: takes from it what was not found before, and notes each of its tags.
  mutating func read(_ octets: [UInt8], into step: inout DiscoveryStep) {
    guard let page = MetaTag.read(octets) else {
      step.answer = .failed("the HTML parser cannot be loaded: install it (Debian: apt install libxml2)")
      return
    }
    if page.isCut {
      step.warnings.append("it has more than \(MetaTag.countLimit) discovery tags: the rest is not read")
    }
    var images: [(length: Int, endpoint: ImageEndpoint)] = []
    var keys: [(length: Int, endpoint: KeyEndpoint)] = []
    for tag in page.tags {
      var problem: String?
      do throws(AddressTemplate.Failure) {
        let length = try self.length(of: tag)
        switch tag.kind {
        case .images: images.append((length, try image(tag, step.address)))
        case .keys: keys.append((length, try key(tag, step)))
        }
      } catch {
        problem = error.reason
      }
      step.tags.append(
        .init(kind: tag.kind.rawValue, prefix: tag.prefix, template: tag.template ?? "", problem: problem))
    }
    let hosts =
      images.flatMap { [$0.endpoint.image.host, $0.endpoint.signature.host] } + keys.map(\.endpoint.address.host)
    step.warnings += Set(hosts).sorted().compactMap { HostLetters($0).warning }
    if result.images.isEmpty { result.images = Self.ordered(images) { [$0.image, $0.signature] } }
    if result.keys.isEmpty { result.keys = Self.ordered(keys) { [$0.address] } }
  }

  /// The number of components that a tag's prefix has in common with the name: all of its own, or it does not count.
  private func length(of tag: MetaTag) throws(AddressTemplate.Failure) -> Int {
    guard !tag.isTooLong else { throw .init(reason: "it is longer than \(MetaTag.lengthLimit) octets") }
    guard let prefix = try? Prefix(tag.prefix) else {
      throw .init(reason: "'\(VisibleText(tag.prefix, limit: 80))' is no prefix of image names")
    }
    guard prefix.covers(target.name) else {
      throw .init(reason: "it is about \(prefix), which \(target.name) is not below")
    }
    return prefix.components.count
  }

  private func image(_ tag: MetaTag, _ page: Address) throws(AddressTemplate.Failure) -> ImageEndpoint {
    let template = AddressTemplate(text: try text(of: tag))
    func address(_ ext: String) throws(AddressTemplate.Failure) -> Address {
      try template.address(values + [("ext", ext)], allowsHTTP: allowsHTTP)
    }
    let (image, signature) = (try address("aci"), try address("aci.asc"))
    guard image != signature else {
      throw .init(reason: "without {ext} the image and its signature would be at the same address")
    }
    return ImageEndpoint(image: image, signature: signature, page: page, tagPrefix: tag.prefix)
  }

  private func key(_ tag: MetaTag, _ step: DiscoveryStep) throws(AddressTemplate.Failure) -> KeyEndpoint {
    KeyEndpoint(
      address: try AddressTemplate(text: try text(of: tag)).address([], allowsHTTP: allowsHTTP), page: step.address,
      pageRedirects: step.redirects, tagPrefix: tag.prefix)
  }

  private func text(of tag: MetaTag) throws(AddressTemplate.Failure) -> String {
    guard let template = tag.template else { throw .init(reason: "it names no address") }
    return template
  }

  /// What braces stand for; labels that were not asked for are this machine's, and the version is the latest.
  private var values: [(name: String, value: String)] {
    var values = [("name", target.name.description)] + target.labels.pairs.map { ($0.name, $0.value) }
    let usual = MachineLabels.current.pairs.map { ($0.name, $0.value) } + [("version", "latest")]
    values += usual.filter { label in target.labels[label.0] == nil }
    return values.filter { $0.0 != "ext" }.map { (name: $0.0, value: $0.1) }
  }

  /// The longest prefix first, then the order of the page; what is named twice counts once.
  private static func ordered<Endpoint>(
    _ endpoints: [(length: Int, endpoint: Endpoint)], by addresses: (Endpoint) -> [Address]
  ) -> [Endpoint] {
    let sorted = endpoints.enumerated().sorted { left, right in
      left.element.length == right.element.length
        ? left.offset < right.offset : left.element.length > right.element.length
    }
    var seen: Set<[Address]> = []
    return sorted.map(\.element.endpoint).filter { seen.insert(addresses($0)).inserted }
  }
}
