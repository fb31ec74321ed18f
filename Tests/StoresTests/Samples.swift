import Stores
import TestSupport
import TrustModel

/// What the tests of this target place and look up, none of it a real key: the stores never look inside.
enum Samples {
  /// A fingerprint that no key has.
  static let fingerprint = fingerprint(of: 0xab)
  /// Another one.
  static let other = fingerprint(of: 0xcd)

  /// Twenty times the octet.
  static func fingerprint(of octet: UInt8) -> Fingerprint {
    fingerprint(octets: [UInt8](repeating: octet, count: Fingerprint.octetCount))
  }

  /// The fingerprint of exactly twenty octets.
  static func fingerprint(octets: [UInt8]) -> Fingerprint {
    guard let fingerprint = Fingerprint(octets: octets) else { preconditionFailure("twenty octets are a fingerprint") }
    return fingerprint
  }

  /// A prefix scope.
  static func scope(_ prefix: String) throws -> Scope { .prefix(try Prefix(prefix)) }
}

extension SandboxMachine {
  /// The layers of this machine.
  var layers: KeyLayers { KeyLayers(sysroot: Sysroot(path)) }
}

extension LayerListing {
  /// The entry of that name in a scope of a layer, if it is listed once.
  func file(_ name: String, _ scope: Scope = .root, _ layer: Layer = .administrator) -> KeyFile? {
    let found = files.filter { $0.name == name && $0.scope == scope && $0.layer == layer }
    return found.count == 1 ? found.first : nil
  }
}

extension KeyFile {
  /// `candidate`, `empty` or `stray`.
  var natureWord: String {
    switch nature {
    case .candidate: "candidate"
    case .empty: "empty"
    case .stray: "stray"
    }
  }
}
