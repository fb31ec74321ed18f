public import Fetch

/// One page that was asked for during discovery, and what came of it.
public struct DiscoveryStep: Sendable, Equatable {
  /// What a page answered.
  public enum Answer: Sendable, Equatable {
    /// A page of so many octets.
    case page(octets: Int)
    /// The server has no such page, with this status.
    case status(Int)
    /// No answer, for this reason.
    case failed(String)
  }

  /// A discovery tag of a page.
  public struct Tag: Sendable, Equatable {
    /// `ac-discovery` or `ac-discovery-pubkeys`.
    public let kind: String
    /// The names that it says it is about.
    public let prefix: String
    /// The address or template, as written.
    public let template: String
    /// Why it does not count; nil where it does.
    public let problem: String?
  }

  /// The address that was asked.
  public let address: Address
  /// Where redirects led, in order.
  public let redirects: [Address]
  /// The answer.
  public internal(set) var answer: Answer
  /// The discovery tags of the page, in order.
  public internal(set) var tags: [Tag] = []
  /// What one should know: a host in punycode, more tags than are read.
  public internal(set) var warnings: [String] = []

  /// Why nothing was taken from it, in words.
  var problem: String {
    switch answer {
    case .failed(let problem): return problem
    case .status(let status): return "\(address) answered \(status)"
    case .page where tags.isEmpty: return "\(address) has no discovery tags"
    case .page:
      let problems = tags.compactMap(\.problem)
      // A page of 64 tags must not make a sentence of 64.
      let more = problems.count > 3 ? ["and \(problems.count - 3) more"] : []
      return "\(address): "
        + (problems.isEmpty ? ["its tags are of the other kind"] : problems.prefix(3) + more)
        .joined(separator: ", ")
    }
  }
}
