internal import Discovery
internal import Fetch
internal import OpenPGP
internal import Stores
internal import TrustChange
internal import TrustModel

/// Keys that a screen has asked for, to be reviewed, and what stops the asking.
struct KeyOrder: Sendable, Equatable {
  /// Where they are.
  enum Source: Sendable {
    /// In a file.
    case file(String)
    /// At an address that a person named.
    case address(Address)
    /// Wherever the site of the names says.
    case discovery(DiscoveryTarget)
  }

  /// What they are wanted for.
  enum Purpose: Sendable, Equatable {
    case trust(Scope)
    /// To take the place of another key.
    case rotate(from: Fingerprint, Scope)

    /// The names concerned.
    var scope: Scope {
      switch self {
      case .trust(let scope), .rotate(_, let scope): scope
      }
    }
  }

  let source: Source
  let purpose: Purpose
  let cancellation = Cancellation()

  /// What is being done for it, in words.
  var step: String {
    switch source {
    case .file(let path): "reading \(VisibleText(path, limit: 300))"
    case .address(let address): "fetching \(VisibleText(address.description, limit: 300))"
    case .discovery(let target): "asking \(target.authority) which keys it publishes for \(target.name)"
    }
  }

  /// Two orders of the same keys are still two.
  static func == (left: KeyOrder, right: KeyOrder) -> Bool { left.cancellation === right.cancellation }
}

extension KeyOrigin.Step {
  /// The step in words.
  var words: String {
    switch self {
    case .fetching(let address): "fetching \(VisibleText(address.description, limit: 300))"
    case .receiving(let octets, let total):
      "receiving: " + OctetCount.text(Int64(octets))
        + (total.map { " of \(OctetCount.text(Int64(clamping: $0))), \(Self.percent(octets, of: $0)) %" } ?? "")
    case .judging(let octets): "reading and judging what came (\(OctetCount.text(Int64(octets))))"
    }
  }
}

extension KeyOrigin.Step {
  private static func percent(_ octets: Int, of total: UInt64) -> Int {
    total == 0 ? 100 : min(100, Int(Double(octets) * 100 / Double(total)))
  }
}

/// A key that was read and judged, with what a person should know to review it.
struct ReviewedKey: Sendable {
  /// The source that it is from, and which of its keys it is.
  let review: TrustReview
  let index: Int
  /// Which of all keys of the order it is, from 1, and how many there are.
  let number: Int
  let count: Int
  let purpose: KeyOrder.Purpose
  /// Keys that are there for the names already.
  let existing: [Fingerprint]
  /// Files that switch the key off for the names: to trust it is to make it count again.
  let masks: [String]
  /// How it differs from the copy that is trusted already; nil where none is.
  let difference: KeyDifference?
  /// Whether the key whose place it takes has signed it; nil where it takes none.
  let certification: Certification?
  /// What trusting it comes to; nil where it must not be trusted, or where that cannot be told before the plan.
  var outlook: Outlook?

  var candidate: TrustReview.Candidate { review.candidates[index] }
  var fingerprint: Fingerprint { candidate.certificate.fingerprint }

  /// Why it must not be trusted; a copy that only brings its revocation may be taken over, but in nobody's place.
  var refusal: String? {
    if case .trust = purpose, difference?.revokes == true { return nil }
    return candidate.refusal
  }

  /// Where the key is stored.
  var location: KeyLocation { KeyLocation(layer: .administrator, scope: purpose.scope, fingerprint: fingerprint) }

  /// Whether what is in its place goes: a copy that has more, or an empty file; the review shows either.
  var replaces: Bool { difference?.losses.isEmpty == false || masks.contains(location.file) }

  /// What trusting a key comes to.
  struct Outlook: Sendable {
    /// The scopes, before and afterwards; of a rotation while both keys count.
    let effects: [Change.Effect]
    /// Of a rotation, the same and the images that are refused where the old key is retired at once.
    var atOnce: (effects: [Change.Effect], refusedImages: String?)?
  }
}

/// What came of an order.
enum KeyEnd: Sendable {
  case keys([ReviewedKey])
  case failed(String)
}
