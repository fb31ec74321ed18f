import ContentChange
import ContentSigning
import Screen
import SignedMetadata
import TrustModel

@testable import Console

/// States of the way to a root key, as a person comes to them.
enum RootKeyStates {
  static let good = RootKeyChecks(
    [
      .init("clock", .good, "2026-11-21T12:00:00Z"), .init("room", .good, "61.0 GiB free"),
      .init("folder", .good, "/root/.docker/trust/private, mode 0700, for this user alone"),
      .init("keys", .good, "no root key is here yet"),
    ], existing: [], absent: [])
  static let bad = RootKeyChecks(
    [.init("clock", .bad, "the clock of this machine is wrong: it says 1970-01-01T00:00:07Z")] + good.rows.dropFirst(),
    existing: [], absent: [])

  static var id: KeyID? { KeyID(String(repeating: "0123456789abcdef", count: 4)) }

  static var another: RootKeyChecks? {
    id.map { id in
      let words = "a root key is here: \(id); one serves for all of your repositories"
      return RootKeyChecks(good.rows.dropLast() + [.init("keys", .doubtful, words)], existing: [id], absent: [])
    }
  }

  static var made: MadeRootKey? {
    id.map {
      MadeRootKey(
        id: $0, kind: .p256, file: "/root/.docker/trust/private/\($0).key",
        fingerprint: String(repeating: "fedcba9876543210", count: 4))
    }
  }

  static func copy(isBeside: Bool) -> RootKeyCopy? {
    made.map { RootKeyCopy($0, path: "/media/usb/acme-root.key", isBeside: isBeside) }
  }

  /// A way that begins with these checks, and draws these words.
  static func wizard(_ checks: RootKeyChecks? = good) -> RootKeyWizard {
    var wizard = RootKeyWizard(
      choice: PassphraseChoice { SecretOctets(Array("seven wolf carol turkey hand radio copper".utf8)) })
    if let checks { _ = wizard.take(.checked(checks)) }
    return wizard
  }

  /// The same at a later step, by the keys that lead there.
  static func at(_ step: RootKeyWizard.Step) -> RootKeyWizard {
    var wizard = wizard()
    while wizard.step != step {
      switch wizard.step {
      case .passphrase: choose(&wizard)
      case .make:
        wizard.focus = .next
        _ = wizard.take(.key(.enter))
        if let made { _ = wizard.take(.made(made)) }
        continue
      case .backUp: if let copy = copy(isBeside: false) { _ = wizard.take(.copied(copy)) }
      case .checks, .name, .writeDown, .finish: break
      }
      wizard.focus = .next
      _ = wizard.take(.key(.enter))
    }
    return wizard
  }

  /// Types a passphrase twice.
  static func choose(_ wizard: inout RootKeyWizard) {
    wizard.focus = .type
    _ = wizard.take(.key(.enter))
    for _ in 0..<2 { _ = wizard.take(.given(SecretOctets(Array("correct horse 4711".utf8)))) }
  }

  /// With changes on the way.
  static func changed(_ wizard: RootKeyWizard, _ body: (inout RootKeyWizard) -> Void) -> RootKeyWizard {
    var wizard = wizard
    body(&wizard)
    return wizard
  }
}
