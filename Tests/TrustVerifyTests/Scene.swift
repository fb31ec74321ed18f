import OpenPGP
import Stores
import TestSupport
import TrustModel
import TrustVerify

/// A machine with an image file and its signature on it, for a verifier to answer for.
struct Scene {
  /// The machine.
  let machine: SandboxMachine
  /// The image file, outside of the layers.
  let image: String

  /// A machine that trusts nobody yet, with that image file, unsigned.
  init(image octets: [UInt8]? = MadeImage.usual) throws {
    machine = try SandboxMachine()
    image = machine.located("/image.aci")
    if let octets { try machine.write("/image.aci", octets) }
  }

  /// A machine with that image, signed by these in that order.
  init(_ octets: [UInt8] = MadeImage.usual, signedBy signers: Signer...) throws {
    try self.init(image: octets)
    try sign(signers)
  }

  /// The layers of the machine.
  var layers: KeyLayers { KeyLayers(sysroot: Sysroot(machine.path)) }

  /// Writes the signature file: one signature by each, in that order.
  func sign(_ signers: [Signer]) throws {
    let data = machine.contents("/image.aci") ?? []
    try machine.write("/image.aci.asc", MadeArmor.signature.wrap(signers.flatMap { try $0.packet(over: data) }))
  }

  /// Places the keys of signers in one scope.
  func trust(_ signers: Signer..., in scope: Scope = .root, _ layer: Layer = .distribution) throws {
    for signer in signers { try machine.place(signer.certificate, in: scope, layer) }
  }

  /// The verdict, asked under a reference or under none.
  func verdict(
    as reference: String? = nil, judge: CertificateJudge = CertificateJudge(), secondOpinion: Bool = false
  ) throws -> Verdict {
    let request = ImageVerifier.Request(
      image: image, reference: try reference.map { try ImageReference($0) }, wantsSecondOpinion: secondOpinion)
    return ImageVerifier(layers: layers, judge: judge).verdict(on: request, at: Moment.now)
  }

  /// The reason, asked under a reference or under none.
  func reason(as reference: String? = nil) throws -> Reason { try verdict(as: reference).reason }
}

/// A prefix scope.
func scope(_ prefix: String) throws -> Scope { .prefix(try Prefix(prefix)) }
