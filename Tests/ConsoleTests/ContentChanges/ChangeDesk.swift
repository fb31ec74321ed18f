import ContentChange
import ContentTrust
import SignedMetadata
import Stores
import Synchronization
import TrustModel

@testable import Console

/// A command that stands in for those that publish: it asks as they do, and notes what it was told.
final class ChangeDesk: Sendable {
  /// What it was told.
  struct Notes {
    var commands: [ContentChanges.Command] = []
    var passphrases: [String?] = []
    var isAgreed: Bool?
    var isPublished = false
  }

  static let plan = [
    "example.com/app on https://notary.example.com:", "  targets version 3, until 2029-11-20, signed by 0123456",
    "  snapshot and timestamp signed by the server", "  tag v2: sha256:0123, 1024 octets, signed by targets",
    "  note: docker goes on to take another v1: the one that targets/releases signs",
  ]

  private let notes = Mutex(Notes())
  /// What is asked for on the way.
  let asks: Ask
  let passphrase: String
  /// Holds the command up before its plan.
  let gate: Answer<Bool>?

  enum Ask: Sendable { case opening, making, nothing }

  init(asks: Ask = .nothing, passphrase: String = "", gate: Answer<Bool>? = nil) {
    (self.asks, self.passphrase, self.gate) = (asks, passphrase, gate)
  }

  var told: Notes { notes.withLock { $0 } }

  var changes: ContentChanges { changes(Set(ContentChanges.Kind.allCases)) }

  func changes(_ kinds: Set<ContentChanges.Kind>) -> ContentChanges {
    ContentChanges(kinds) { [self] command, person in run(command, person) }
  }

  private func run(_ command: ContentChanges.Command, _ person: any ChangePerson) -> ContentChanges.Outcome {
    notes.withLock { $0.commands.append(command) }
    if let gate { _ = gate.wait() }
    let isAgreed = person.agrees(to: Self.plan, "Publish this?")
    notes.withLock { $0.isAgreed = isAgreed }
    guard isAgreed else { return .init(["keyreeve: nothing was published"], isDone: false) }
    guard opens(person) else {
      return .init(["keyreeve: the key is encrypted, and nobody gave its passphrase"], isDone: false)
    }
    notes.withLock { $0.isPublished = true }
    return .init(
      ["published example.com/app on https://notary.example.com, and read back as it was sent:"]
        + Self.plan.dropFirst(), isDone: true)
  }

  private func opens(_ person: any ChangePerson) -> Bool {
    let request = KeyRequest(
      KeyID(String(repeating: "0123456789abcdef", count: 4)), role: "targets", repository: "example.com/app",
      purpose: "to sign version 3 of targets")
    switch asks {
    case .nothing: return true
    case .opening:
      for attempt in 1...4 {
        guard let given = person.passphrase(for: request, isRepeated: attempt > 1) else { return false }
        note(given)
        if given.elementsEqual(passphrase.utf8) { return true }
      }
      return false
    case .making:
      guard let given = person.newPassphrase(for: request) else { return false }
      note(given)
      return true
    }
  }

  private func note(_ given: SecretOctets) {
    let text = String(decoding: given, as: UTF8.self)
    notes.withLock { $0.passphrases.append(text) }
  }

  /// A folder with one repository that cannot be read: what can be changed is offered all the same.
  static var access: ContentAccess {
    get throws {
      let repository = try Repository("example.com/app")
      let folder = TrustFolder(sysroot: .machine, path: "/nonexistent")
      return ContentAccess(
        folder: "/nonexistent", repositories: { [repository] }, keys: { try SigningKeySurvey(folder) }
      ) { _, _, _ in
        throw KeyImportError.input("its targets have expired")
      }
    }
  }
}
