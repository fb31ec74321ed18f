internal import SignedMetadata
internal import Stores
internal import TrustModel

/// A trust folder in the words of messages and commands.
struct KeyPlace {
  private let sysroot: Sysroot
  /// The folder, absolute, without the sysroot.
  let path: String

  init(_ folder: TrustFolder) { (sysroot, path) = (folder.sysroot, folder.path) }

  /// A file as a command takes it.
  func argument(_ file: String) -> String { sysroot.located(file) }

  /// Where the file of a key belongs.
  func file(of id: KeyID) -> String { "\(path)/private/\(id).key" }

  /// Our command that gives a key of this folder another passphrase.
  func passwd(_ id: KeyID, _ words: [String] = []) -> [String] {
    ["keyreeve", "content", "key", "passwd", "\(id)"] + words + ["--trust-dir", argument(path)]
      + (sysroot.isMachine ? [] : ["--sysroot", sysroot.path])
  }

  /// notary's own command on this folder.
  func notary(_ words: [String]) -> [String] { ["notary", "-d", argument(path)] + words }
}

extension SigningKeyRecord {
  /// The key and its file, as messages begin.
  var subject: String {
    let file = VisibleText(file)
    return id.map { "key \($0) in \(file)" } ?? "\(file)"
  }
}
