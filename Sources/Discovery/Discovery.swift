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

  let target: DiscoveryTarget
  let allowsHTTP: Bool
  private let wish: Wish
  /// The pages that may still be asked for, in order.
  private var waiting: [Address]
  /// What was found so far.
  public internal(set) var result = DiscoveryResult()

  /// The most parents that are asked; names are rarely longer than four components.
  public static let depthLimit = 32
  /// Seconds that all the pages of a discovery may take together.
  public static let timeLimit = 120

  /// A discovery that has not begun.
  public init(_ target: DiscoveryTarget, wanting wish: Wish, allowsHTTP: Bool = false) {
    (self.target, self.wish, self.allowsHTTP) = (target, wish, allowsHTTP)
    waiting = Self.pages(of: target, allowsHTTP: allowsHTTP)
    if waiting.isEmpty {
      result.hindrance = "'\(target.authority)' cannot be the name of a host: there is nobody to ask"
    }
  }

  /// The page to be asked for next; nil at the end.
  public var next: Address? { isSatisfied ? nil : waiting.first }

  /// Takes the answer to the page that was next.
  public mutating func take(_ answer: Answer) {
    guard let address = waiting.first else { return }
    waiting.removeFirst()
    var step: DiscoveryStep
    switch answer {
    case .failed(let problem, let redirects):
      step = DiscoveryStep(address: address, redirects: redirects, answer: .failed(problem))
    case .status(let status, let redirects):
      step = DiscoveryStep(address: address, redirects: redirects, answer: .status(status))
    case .page(let octets, let redirects):
      step = DiscoveryStep(address: address, redirects: redirects, answer: .page(octets: octets.count))
      // Only where https failed is http asked: a page on https has said what there is to say.
      if address.scheme == .https { waiting.removeAll { $0.scheme == .http && $0.target == address.target } }
      read(octets, into: &step)
    }
    step.warnings += Set(step.redirects.map(\.host)).sorted().compactMap { HostLetters($0).warning }
    result.steps.append(step)
  }

  /// Ends the discovery for this reason: what is next, and all behind it, is not asked for.
  public mutating func stop(_ problem: String) {
    guard let address = next else { return }
    waiting.removeAll()
    result.steps.append(DiscoveryStep(address: address, redirects: [], answer: .failed(problem)))
  }

  private var isSatisfied: Bool {
    switch wish {
    case .images: !result.images.isEmpty
    case .keys: !result.keys.isEmpty
    case .both: !result.images.isEmpty && !result.keys.isEmpty
    }
  }

  /// The whole name first, then each parent; http right behind the https that it stands in for.
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
}
