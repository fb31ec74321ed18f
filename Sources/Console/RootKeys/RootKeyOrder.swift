internal import ContentChange
internal import ContentSigning
internal import TrustModel

/// A piece of work for a root key that is made step by step.
///
/// A passphrase in it is a reference to memory that is wiped: described or mirrored, it shows nothing.
struct RootKeyOrder: Sendable {
  /// What is to be done.
  enum Task: Sendable {
    /// Looks at clock, room, folder and keys.
    case check
    /// Makes the key, seals it, writes it.
    case make(PrivateSigningKey.Kind, SecretOctets)
    /// Writes a copy into a file that a person named, reads it back and opens it.
    case copy(MadeRootKey, file: String, SecretOctets)
    /// Takes the key off this machine, once its copy has opened again.
    case remove(MadeRootKey, keeping: RootKeyCopy, SecretOctets)
  }

  /// What identifies an order.
  private final class Ticket: Sendable {}

  let task: Task
  private let ticket = Ticket()

  init(_ task: Task) { self.task = task }

  func isSame(as other: RootKeyOrder) -> Bool { ticket === other.ticket }

  /// What is being done, in words.
  var step: String {
    switch task {
    case .check: "Looking at clock, room, folder and keys..."
    case .make: "Making the key, writing it, and opening what was written..."
    case .copy: "Writing the copy, reading it back, and opening it..."
    case .remove: "Opening the copy once more, then removing the key here..."
    }
  }
}

/// What came of it.
enum RootKeyEnd: Sendable {
  case checked(RootKeyChecks)
  case made(MadeRootKey)
  case copied(RootKeyCopy)
  case removed
  /// Nothing was done, for this reason.
  case failed(String)
}
