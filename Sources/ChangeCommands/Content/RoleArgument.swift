internal import ArgumentParser
internal import ContentChange
internal import ContentSigning
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

extension RoleName {
  /// Reads a delegated role that is to go: it may have any name below targets, since others may have named it.
  @Sendable static func removed(_ text: String) throws -> RoleName {
    let role = RoleName(JSONString(text))
    guard role.isBelow(.targets) else { return try delegation(text) }
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

/// A name that is to be signed.
enum TargetArgument {
  /// Refuses names that no server takes.
  static func check(_ name: String) throws {
    guard let problem = SignedName.problem(JSONString(name)) else { return }
    throw ValidationError("'\(VisibleText(name, limit: 80))' is no name that can be signed: \(problem)")
  }
}

/// Beginnings of names that a role is to sign.
enum PathArgument {
  /// Refuses what no server takes, and an empty one, which would be every name: that is to be said in so many words.
  static func check(_ paths: [String], forAll words: String) throws {
    for path in paths {
      guard !path.isEmpty else { throw ValidationError("--path is empty, which would be every name: \(words)") }
      guard let problem = SignedName.problem(beginning: JSONString(path)) else { continue }
      throw ValidationError("--path '\(VisibleText(path, limit: 80))' cannot be delegated: \(problem)")
    }
  }
}
