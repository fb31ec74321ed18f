internal import Discovery
internal import Fetch
internal import OpenPGP
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

  var candidate: TrustReview.Candidate { review.candidates[index] }
  var fingerprint: Fingerprint { candidate.certificate.fingerprint }

  /// Why it must not be trusted; a copy that only brings its revocation may always be taken over.
  var refusal: String? { difference?.revokes == true ? nil : candidate.refusal }
}

/// What came of an order.
enum KeyEnd: Sendable {
  case keys([ReviewedKey])
  case failed(String)
}
