public import Fetch

/// An image that a discovery page names: where it is, and where its signature.
public struct ImageEndpoint: Sendable, Equatable {
  /// The image.
  public let image: Address
  /// Its detached signature.
  public let signature: Address
  /// The page that names it.
  public let page: Address
  /// The names that its tag is about.
  public let tagPrefix: String
}

/// Public keys that a discovery page names.
public struct KeyEndpoint: Sendable, Equatable {
  /// Where they are.
  public let address: Address
  /// The page that names them.
  public let page: Address
  /// Where redirects led from the page's address, in order.
  public internal(set) var pageRedirects: [Address] = []
  /// The names that the tag is about.
  public let tagPrefix: String
}

/// What discovery came to, with every step on the way.
public struct DiscoveryResult: Sendable, Equatable {
  /// The pages that were asked for, in order.
  public internal(set) var steps: [DiscoveryStep] = []
  /// The images of the first page that names any, those of the longest prefix first.
  public internal(set) var images: [ImageEndpoint] = []
  /// The keys of the first page that names any, those of the longest prefix first.
  public internal(set) var keys: [KeyEndpoint] = []

  /// Why there is nobody to ask; nil where there is somebody.
  public internal(set) var hindrance: String?

  /// Whether there is an answer, be it that there is no such page, or that there can be none.
  public var wasAnswered: Bool {
    hindrance != nil
      || steps.contains { step in
        if case .failed = step.answer { false } else { true }
      }
  }

  /// The steps that yielded nothing, in words.
  public var problems: [String] {
    [hindrance].compactMap { $0 } + steps.map(\.problem)
  }
}
