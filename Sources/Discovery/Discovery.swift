public import Fetch
internal import TrustModel

/// Meta discovery as a state machine without input and output: from a name to addresses of images and keys.
///
/// The page of the whole name is asked for first, then that of each parent up to the host, until one names what is
/// wanted. Each page is asked for once, and serves for images, signatures and keys alike. Source: appc specification,
/// "image discovery"; reference/rkt.md, section 3.
public struct Discovery: Sendable {
  /// What is looked for.
  public enum Wish: Sendable {
    /// Images and their signatures.
    case images
    /// Public keys.
    case keys
    /// Both.
    case both
  }

  /// What a page answered.
  public enum Answer: Sendable {
    /// A page, and the redirects that led to it.
    case page([UInt8], redirects: [Address])
    /// The server has no such page, with this status.
    case status(Int, redirects: [Address])
    /// No answer, for this reason.
    case failed(String, redirects: [Address])
  }

  private let target: DiscoveryTarget
  private let wish: Wish
  private let allowsHTTP: Bool
  private var waiting: [Address]
  /// What was found so far.
  public private(set) var result = DiscoveryResult()

  /// The most parents that are asked; names are rarely longer than four components.
  public static let depthLimit = 32

  /// A discovery that has not begun.
  public init(_ target: DiscoveryTarget, wanting wish: Wish, allowsHTTP: Bool = false) {
    (self.target, self.wish, self.allowsHTTP) = (target, wish, allowsHTTP)
    waiting = Self.pages(of: target, allowsHTTP: allowsHTTP)
  }

  /// The page to be asked for next; nil at the end.
  public var next: Address? { isSatisfied ? nil : waiting.first }

  /// Takes the answer to the page that was next.
  public mutating func take(_ answer: Answer) {
    guard let address = waiting.first else { return }
    waiting.removeFirst()
    switch answer {
    case .failed(let problem, let redirects):
      result.steps.append(.init(address: address, redirects: redirects, answer: .failed(problem)))
    case .status(let status, let redirects):
      result.steps.append(.init(address: address, redirects: redirects, answer: .status(status)))
    case .page(let octets, let redirects): read(octets, address, redirects)
    }
  }

  private var isSatisfied: Bool {
    switch wish {
    case .images: !result.images.isEmpty
    case .keys: !result.keys.isEmpty
    case .both: !result.images.isEmpty && !result.keys.isEmpty
    }
  }

  /// The whole name first, then each parent; http only after https gave nothing.
  private static func pages(of target: DiscoveryTarget, allowsHTTP: Bool) -> [Address] {
    let components = target.name.components.dropFirst()
    let schemes = allowsHTTP ? ["https", "http"] : ["https"]
    let lengths = Array((0...components.count).reversed())
    // Of a very long name the ends are asked for: the name itself, and the parents next to the host.
    let asked = lengths.count <= depthLimit ? lengths : [lengths[0]] + lengths.suffix(depthLimit - 1)
    return asked.flatMap { count -> [Address] in
      let path = components.prefix(count).joined(separator: "/")
      return schemes.compactMap { try? Address("\($0)://\(target.authority)/\(path)?ac-discovery=1") }
    }
  }

  private mutating func read(_ octets: [UInt8], _ address: Address, _ redirects: [Address]) {
    guard let page = MetaTag.read(octets) else {
      return result.steps.append(
        .init(address: address, redirects: redirects, answer: .failed("the HTML parser (libxml2) is not installed")))
    }
    var step = DiscoveryStep(address: address, redirects: redirects, answer: .page(octets: octets.count))
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
        case .images: images.append((length, try image(tag, address)))
        case .keys: keys.append((length, try key(tag, address)))
        }
      } catch {
        problem = error.reason
      }
      step.tags.append(
        .init(kind: tag.kind.rawValue, prefix: tag.prefix, template: tag.template ?? "", problem: problem))
    }
    step.warnings += Self.warnings(images.flatMap { [$0.endpoint.image] } + keys.map(\.endpoint.address) + redirects)
    result.steps.append(step)
    if result.images.isEmpty { result.images = Self.ordered(images) }
    if result.keys.isEmpty { result.keys = Self.ordered(keys) }
  }

  /// The number of components that a tag's prefix has in common with the name: all of its own, or it does not count.
  private func length(of tag: MetaTag) throws(AddressTemplate.Failure) -> Int {
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

  private func key(_ tag: MetaTag, _ page: Address) throws(AddressTemplate.Failure) -> KeyEndpoint {
    KeyEndpoint(
      address: try AddressTemplate(text: try text(of: tag)).address([], allowsHTTP: allowsHTTP), page: page,
      tagPrefix: tag.prefix)
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

  private static func ordered<Endpoint>(_ endpoints: [(length: Int, endpoint: Endpoint)]) -> [Endpoint] {
    endpoints.enumerated().sorted { left, right in
      left.element.length == right.element.length
        ? left.offset < right.offset : left.element.length > right.element.length
    }.map(\.element.endpoint)
  }

  private static func warnings(_ addresses: [Address]) -> [String] {
    Set(addresses.map(\.host)).filter { $0.split(separator: ".").contains { $0.hasPrefix("xn--") } }.sorted().map {
      "\($0) is a name in other letters than it shows (punycode): compare it with care"
    }
  }
}
