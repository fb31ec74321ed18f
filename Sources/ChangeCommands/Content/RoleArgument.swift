internal import ArgumentParser
internal import ContentChange
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

extension RoleName {
  /// Reads a role that signs targets: `targets`, or one below it.
  @Sendable static func argument(_ text: String) throws -> RoleName {
    let role = RoleName(JSONString(text))
    guard role == .targets || role.isDelegationName else {
      throw ValidationError(
        "'\(VisibleText(text, limit: 80))' is no role that signs targets: targets, or a role below it such as targets/releases"
      )
    }
    return role
  }

  /// Reads a role that another one delegates to.
  @Sendable static func delegation(_ text: String) throws -> RoleName {
    let role = try argument(text)
    guard role != .targets else { throw ValidationError("nobody delegates to targets: name a role below it") }
    return role
  }
}

/// The name of a signer, as docker has it.
enum SignerName {
  /// Refuses what docker would.
  static func check(_ name: String) throws {
    let first = Set("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    let allowed = first.union("_-".utf8)
    guard let start = name.utf8.first, first.contains(start), name.utf8.allSatisfy(allowed.contains),
      role(name).isDelegationName
    else {
      throw ValidationError(
        "'\(VisibleText(name, limit: 80))' is no name of a signer: lower-case letters, digits, - and _, the first a letter or digit"
      )
    }
    guard name != "releases" else {
      throw ValidationError("releases is docker's own role for all signers, and no name of one")
    }
  }

  /// The role of a signer.
  static func role(_ name: String) -> RoleName { RoleName(JSONString("targets/" + name)) }

  /// Docker's role for what all signers have released.
  static let releases: RoleName = "targets/releases"
}

/// A name that is signed.
enum TargetArgument {
  /// The longest name, in octets.
  static let limit = 1_000

  /// Refuses names that no server takes.
  static func check(_ name: String) throws {
    guard name.utf8.count <= limit else { throw ValidationError("the name of a target has at most \(limit) octets") }
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      throw ValidationError("the name of a target is not empty, and has no control characters")
    }
  }
}
