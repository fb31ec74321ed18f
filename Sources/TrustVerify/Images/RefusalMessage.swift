internal import OpenPGP
internal import Stores
internal import TrustModel

/// One sentence for each refusal: the key, the rule, the file, the next command.
struct RefusalMessage {
  let image: String
  let sysroot: Sysroot

  /// What a command needs to work on the same machine.
  private var machine: String { sysroot.isMachine ? "" : " --sysroot \(VisibleText(sysroot.path))" }

  func tampered(_ signature: SignerEvidence.Signature) -> String {
    "\(image) is not what \(Self.signer(signature)) signed: the signature does not match the bytes; fetch the image and its"
      + " signature again"
  }

  func unfit(_ signature: SignerEvidence.Signature) -> String {
    let report = signature.report
    let rule =
      switch report.status {
      case .keyExpired: "the key has expired; ask the publisher for the renewed key or a new signature"
      case .keyRevoked: "the key was revoked by its owner; ask the publisher for a signature by a new key"
      case .keyWeak: "the key is too weak to count; ask the publisher for a signature by a stronger key"
      case .keyUnusable: "the key may not sign data"
      case .signatureExpired: "the signature has expired; ask the publisher for a new one"
      case .notYetValid: "the key or signature is dated in the future; check the clocks"
      case .weakHash: "a \(report.hash) signature no longer counts; ask the publisher for one with SHA-256 or better"
      default: "it does not count"
      }
    let detail = report.detail.map { " (\($0))" } ?? ""
    return "\(image) is signed by \(Self.signer(signature)), but \(rule)\(detail)\(place(signature))"
  }

  func disabled(
    _ signature: SignerEvidence.Signature, _ file: KeyFile, _ mask: KeyFile
  ) -> String {
    let scope =
      switch mask.scope {
      case .root: "--root"
      case .prefix(let prefix): "--prefix \(prefix)"
      }
    return
      "\(image) is signed by \(Self.signer(signature)), which this machine has switched off: \(mask.path) is empty and"
      + " disables \(file.path); to trust it again: keyreeve enable \(mask.name) \(scope)\(machine)"
  }

  func untrusted(_ evidence: SignerEvidence, _ name: ImageName?) -> String {
    let known = evidence.signatures.first { !$0.files.isEmpty && $0.report.status == .good }
    guard let known, let file = known.files.first?.key.file else {
      if let broken = evidence.brokenFile {
        return "\(image) is signed by key \(broken.file.name), whose file \(broken.file.path) vouches for nobody"
          + " (\(broken.problem ?? "not a key")); mend or remove that file"
      }
      let hints = evidence.signatures.compactMap(\.report.claimedKeyID).map { Self.hex($0) }
      let claim = hints.isEmpty ? "" : " (it names key id \(hints.joined(separator: ", ")))"
      let target = name.map { "--prefix \($0)" } ?? "--prefix NAME"
      return "\(image) is signed by a key that this machine does not hold\(claim); after checking its fingerprint with"
        + " the publisher: keyreeve trust \(target)\(machine) KEY"
    }
    let target = name.map { " for \($0)" } ?? ""
    let prefix = name.map { "\($0)" } ?? "NAME"
    return "\(image) is signed by \(Self.signer(known)), which is not trusted\(target): \(file.path) speaks for"
      + " \(file.scope == .root ? "every name" : file.scope.description) only; to trust it here too: keyreeve trust"
      + " --prefix \(prefix)\(machine) KEY"
  }

  /// The signer in words: first user id and full fingerprint of the primary key.
  static func signer(_ signature: SignerEvidence.Signature) -> String {
    let report = signature.report
    guard let fingerprint = report.primaryFingerprint ?? report.fingerprint else {
      return report.claimedKeyID.map { "key id " + hex($0) } ?? "an unnamed key"
    }
    return report.userIDs.first.map { "'\($0)' (\(fingerprint))" } ?? "\(fingerprint)"
  }

  static func hex(_ keyID: UInt64) -> String {
    let digits = String(keyID, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private func place(_ signature: SignerEvidence.Signature) -> String {
    signature.files.first.map { "; the key is in \($0.key.file.path)" } ?? ""
  }
}
