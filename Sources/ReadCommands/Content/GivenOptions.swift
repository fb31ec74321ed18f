internal import TrustModel

/// A command whose messages name other commands.
public protocol SuggestingCommand {
  /// What a command needs that is to mean the same repository, in the same place.
  var given: GivenOptions { get }
}

/// The options that name another server, folder or machine than usual: commands that are suggested get them as well, so that they work
/// as they stand.
public struct GivenOptions: Sendable {
  private let server: [String]
  private let folder: [String]
  private let machine: [String]

  /// What was given.
  ///
  /// - Parameter isLasting: whether the commands are kept, to be read where other variables are set.
  public init(_ common: CommonOptions, server: String? = nil, folder: String? = nil, isLasting: Bool = false) {
    self.server = server.map { ["--server", $0] } ?? []
    // As it is found from wherever somebody reads it.
    self.folder = folder.map { ["--trust-dir", (try? TrustFolderPath.absolute($0)) ?? $0] } ?? []
    machine = isLasting ? common.machineArguments : common.sysroot.map { ["--sysroot", $0] } ?? []
  }

  /// What was given, with a place of metadata.
  public init(_ common: CommonOptions, _ place: MetadataPlaceOptions) {
    self.init(common, server: place.server, folder: place.folder)
  }

  /// The arguments of a command with what was given, but for what they have.
  public func completing(_ command: [String]) -> [String] {
    guard command.starts(with: Self.beginning) else { return command }
    let verb = SuggestedVerb(command.dropFirst(2).prefix(2).joined(separator: " ")[...])
    return command + options(of: verb).filter { !command.contains($0[0]) }.flatMap(\.self)
  }

  /// A text in which every command `keyreeve content …` gets what was given, behind its verb and the repository or key it is about.
  public func completing(_ text: String) -> String {
    guard !(server + folder + machine).isEmpty else { return text }
    let beginning = Self.beginning.joined(separator: " ") + " "
    var (done, rest) = ("", text[...])
    while let range = rest.firstRange(of: beginning) {
      done += rest[..<range.upperBound]
      rest = rest[range.upperBound...]
      let verb = SuggestedVerb(rest)
      let line = rest.prefix { $0 != "\n" }
      let options = options(of: verb).map { ShellText.line($0) }.filter { !line.contains($0) }
      guard !options.isEmpty else { continue }
      done += verb.text + " " + options.joined(separator: " ")
      rest = rest.dropFirst(verb.text.count)
    }
    return done + rest
  }

  private static let beginning = ["keyreeve", "content"]

  /// Each option with its value.
  private func options(of verb: SuggestedVerb) -> [[String]] {
    let options =
      switch verb.place {
      case .server: [server, folder, machine]
      case .folder: [folder, machine]
      case nil: [[String]]()
      }
    return options.filter { !$0.isEmpty }
  }
}

/// The verb of a suggested command, and the repository or key that follows it.
private struct SuggestedVerb {
  /// What it takes.
  enum Place { case server, folder }

  /// Verb and name, as they stand.
  private(set) var text: Substring
  private(set) var place: Place?

  private static let onServer: Set<Substring> = [
    "init", "sign", "revoke", "publish", "witness", "delete", "freeze", "repair", "doctor", "refresh", "list", "lookup",
    "inspect", "verify", "signer add", "signer remove", "delegation add", "delegation remove", "delegation list",
    "key rotate",
  ]
  private static let inFolder: Set<Substring> = [
    "status", "unstage", "key list", "key import", "key export", "key passwd", "key remove", "key generate",
  ]

  /// The verb that a text begins with.
  init(_ text: Substring) {
    func word(_ start: Substring.Index) -> Substring.Index {
      text[start...].firstIndex { !($0.isASCII && $0.isLowercase) } ?? text.endIndex
    }
    var end = word(text.startIndex)
    if ["key", "signer", "delegation"].contains(text[..<end]), text[end...].hasPrefix(" ") {
      end = word(text.index(after: end))
    }
    let verb = text[..<end]
    place = Self.onServer.contains(verb) ? .server : Self.inFolder.contains(verb) ? .folder : nil
    self.text = text[..<Self.end(ofName: end, in: text)]
  }

  /// Behind the name that follows, and flags: whatever punctuation does not belong to them stays behind.
  private static func end(ofName end: Substring.Index, in text: Substring) -> Substring.Index {
    var end = end
    while text[end...].hasPrefix(" ") {
      let whole = text[text.index(after: end)...].prefix { $0 != " " }
      var word = whole
      while let last = word.last, ",;:.)".contains(last) { word = word.dropLast() }
      guard word.hasPrefix("--") || isName(word) else { return end }
      end = word.endIndex
      if end != whole.endIndex { return end }
    }
    return end
  }

  /// Whether a word is a repository, a key, or stands for one.
  private static func isName(_ word: Substring) -> Bool {
    let isKey =
      word.utf8.count == 64 && word.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    return word.contains("/") || isKey || ["GUN", "FILE", "ID"].contains(word)
  }
}
