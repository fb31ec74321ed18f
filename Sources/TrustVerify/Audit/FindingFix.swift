internal import Stores
internal import TrustModel

/// Command lines that mend what an audit finds, each for the machine that was looked at.
struct FindingFix {
  let sysroot: Sysroot

  /// A command about one key in one scope.
  func key(_ verb: String, _ fingerprint: Fingerprint, _ scope: Scope) -> [String] {
    ["keyreeve", verb, fingerprint.description] + option(scope) + machine
  }

  /// The same about a key in every scope that has it.
  func everywhere(_ verb: String, _ fingerprint: Fingerprint) -> [String] {
    ["keyreeve", verb, fingerprint.description, "--everywhere"] + machine
  }

  /// The end of a rotation that is under way.
  func finish(_ old: Fingerprint, _ scope: Scope) -> [String] {
    ["keyreeve", "rotate"] + option(scope) + ["--from", old.description, "--finish"] + machine
  }

  /// A new copy of a prefix's keys from its own host, to be reviewed; nil in the root scope, which no host speaks for.
  func refresh(_ scope: Scope) -> [String]? {
    guard case .prefix = scope else { return nil }
    return ["keyreeve", "trust"] + option(scope) + machine
  }

  /// Takes a file away that is no key, or what is no file; nil where it is not the administrator's own.
  func remove(file: String, _ kind: FileStatus.Kind) -> [String]? {
    switch kind {
    case .regular where StorePlace(strayFile: file) != nil: ["keyreeve", "remove", "--file", file] + machine
    case .regular where StorePath(String(file.dropFirst())) == nil: shell("rm", on: file)
    case .regular: nil
    // Only an empty one goes: what is in it is for a person to decide.
    case .directory: shell("rmdir", on: file)
    case .symbolicLink, .other: shell("rm", on: file)
    }
  }

  /// A command of the shell, for what Keyreeve changes nothing of: links and rights.
  ///
  /// Nil below the distribution's layer, which belongs to its packages, and for a name that cannot be shown as it is.
  func shell(_ words: String..., on file: String) -> [String]? {
    let isOwn = file == Layer.administrator.directory || file.hasPrefix(Layer.administrator.directory + "/")
    guard isOwn, !VisibleText(file).hadHiddenCharacters else { return nil }
    return words + [sysroot.located(file)]
  }

  private func option(_ scope: Scope) -> [String] {
    switch scope {
    case .root: ["--root"]
    case .prefix(let prefix): ["--prefix", prefix.description]
    }
  }

  private var machine: [String] { sysroot.isMachine ? [] : ["--sysroot", sysroot.path] }
}
