internal import Fetch
internal import Images
internal import TrustModel

/// A fetch that a screen has asked for, and what stops it.
struct FetchOrder: Sendable, Equatable {
  /// What was typed: a name, an address or a file.
  let source: String
  /// Stops it.
  let cancellation: Cancellation

  init(_ source: String) {
    (self.source, cancellation) = (source, Cancellation())
  }

  /// Two orders of the same source are still two.
  static func == (left: FetchOrder, right: FetchOrder) -> Bool { left.cancellation === right.cancellation }
}

/// How far a fetch has come.
struct FetchStatus: Sendable, Equatable {
  /// The image as it comes in.
  struct Transfer: Sendable, Equatable {
    let received: UInt64
    let total: UInt64?
    /// Octets that were there when it began.
    let since: UInt64
    let seconds: Double
    /// Whether it comes from a server, which may be asked for the rest later.
    let isDownload: Bool

    /// Octets, part, rate and time left.
    var text: String { TransferText(received: received, total: total, since: since, seconds: seconds).line }
  }

  /// The step in a few words.
  let step: String
  /// How far the image has come, while it comes in.
  let transfer: Transfer?
}

/// How a fetch has ended.
enum FetchEnd: Sendable {
  /// With an answer: stored or refused.
  case answered(FetchedImage)
  /// Before it began, for this reason.
  case impossible(String)

  /// The line for a person who looks at something else.
  func sentence(of order: FetchOrder) -> String {
    let name = VisibleText(order.source, limit: 200).description
    switch self {
    case .impossible(let problem): return problem
    case .answered(let image) where image.isStored: return "\(name) is in the store."
    case .answered where order.cancellation.isCancelled: return "The fetch of \(name) was stopped."
    case .answered(let image): return "\(name) was not stored: \(VerdictDescription(verdict: image.verdict).word)"
    }
  }
}

extension String {
  /// The text without spaces at its ends.
  var trimmed: String {
    let rest = drop { $0 == " " }
    return String(rest.prefix(rest.count - rest.reversed().prefix { $0 == " " }.count))
  }
}
