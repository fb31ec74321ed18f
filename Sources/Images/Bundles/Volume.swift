internal import TrustModel

/// What a mount point of an image is filled with.
///
/// Source: rkt run, `--volume NAME,kind=host,source=PATH[,readOnly=BOOL][,recursive=BOOL]` and
/// `--volume NAME,kind=empty[,readOnly=BOOL][,mode=OCTAL][,uid=UID][,gid=GID]`.
public struct Volume: Sendable, Equatable {
  /// Where its contents are.
  public enum Kind: Sendable, Equatable {
    /// A file or directory of the machine, with what is mounted below it where it is recursive.
    case host(source: String, isRecursive: Bool)
    /// A new directory, gone after the run.
    case empty(mode: UInt32, owner: UInt32, group: UInt32)
  }

  /// What mount points refer to it by.
  public let name: String
  /// Where its contents are.
  public let kind: Kind
  /// Whether it is not to be written.
  public let isReadOnly: Bool

  /// A volume.
  public init(name: String, kind: Kind, isReadOnly: Bool = false) {
    (self.name, self.kind, self.isReadOnly) = (name, kind, isReadOnly)
  }

  /// Reads what a person typed.
  ///
  /// - Throws: `RunFailure` with the word that is not understood.
  public init(_ text: String) throws(RunFailure) {
    let shown = VisibleText(text, limit: 200)
    func refuse(_ what: String) -> RunFailure { RunFailure(.usage, "--volume \(shown): \(what)") }
    var words = try VolumeWords(text, option: "--volume")
    guard let name = words.first, VolumeWords.isName(name) else {
      throw refuse("it begins with no volume name (small letters, digits and single hyphens)")
    }
    self.name = name
    isReadOnly = try words.boolean("readOnly") ?? false
    switch try words.take("kind") {
    case "host":
      guard let source = try words.take("source"), source.hasPrefix("/") else {
        throw refuse("a volume of kind host has source=PATH, an absolute path")
      }
      kind = .host(source: source, isRecursive: try words.boolean("recursive") ?? true)
    case "empty":
      kind = .empty(
        mode: try words.number("mode", radix: 8, limit: 0o7777) ?? 0o755, owner: try words.number("uid") ?? 0,
        group: try words.number("gid") ?? 0)
    default: throw refuse("it says neither kind=host nor kind=empty")
    }
    try words.finish()
  }
}

/// A volume mounted where the image has no mount point of its name.
public struct VolumeMount: Sendable, Equatable {
  /// The volume.
  public let volume: String
  /// Where, an absolute path of the image.
  public let target: String

  /// A mount.
  init(volume: String, target: String) { (self.volume, self.target) = (volume, target) }

  /// Reads what a person typed: `volume=NAME,target=PATH`.
  public init(_ text: String) throws(RunFailure) {
    var words = try VolumeWords("mount," + text, option: "--mount")
    guard let volume = try words.take("volume"), VolumeWords.isName(volume), let target = try words.take("target"),
      target.hasPrefix("/")
    else {
      throw RunFailure(
        .usage, "--mount \(VisibleText(text, limit: 200)): write volume=NAME,target=PATH, the path an absolute one")
    }
    (self.volume, self.target) = (volume, target)
    try words.finish()
  }
}

/// A name and `word=value` pairs behind it, each word once.
struct VolumeWords {
  let first: String?
  private let option: String
  private let text: String
  private var values: [(word: String, value: String)] = []

  init(_ text: String, option: String) throws(RunFailure) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    (first, self.option, self.text) = (parts.first, option, text)
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: "=") else { throw refuse("'\(part)' is no word=value") }
      let word = String(part[..<equals])
      guard !values.contains(where: { $0.word == word }) else { throw refuse("'\(word)' is given twice") }
      values.append((word, String(part[part.index(after: equals)...])))
    }
  }

  mutating func take(_ word: String) throws(RunFailure) -> String? {
    guard let index = values.firstIndex(where: { $0.word == word }) else { return nil }
    let value = values.remove(at: index).value
    guard !value.isEmpty else { throw refuse("'\(word)' is empty") }
    return value
  }

  mutating func boolean(_ word: String) throws(RunFailure) -> Bool? {
    switch try take(word) {
    case nil: return nil
    case "true": return true
    case "false": return false
    default: throw refuse("'\(word)' is neither true nor false")
    }
  }

  mutating func number(_ word: String, radix: Int = 10, limit: UInt32 = .max - 1) throws(RunFailure) -> UInt32? {
    guard let text = try take(word) else { return nil }
    guard let number = UInt32(text, radix: radix), number <= limit else { throw refuse("'\(word)' is no such number") }
    return number
  }

  /// Refuses words that nobody asked for.
  func finish() throws(RunFailure) {
    if let rest = values.first { throw refuse("'\(rest.word)' is not known here") }
  }

  /// Whether a text is a name as manifests have them: small letters, digits, single hyphens between them.
  static func isName(_ text: String) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy {
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
    }
  }

  private func refuse(_ what: String) -> RunFailure {
    let shown = text.hasPrefix("mount,") && option == "--mount" ? String(text.dropFirst(6)) : text
    return RunFailure(.usage, "\(option) \(VisibleText(shown, limit: 200)): \(VisibleText(what))")
  }
}
