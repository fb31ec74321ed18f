internal import ArgumentParser
internal import ReadCommands
internal import Stores
internal import TrustModel

/// What `keyreeve docker` takes for itself, before the words of the engine.
struct EngineOptions: ParsableArguments {
  @OptionGroup var common: CommonOptions

  @Option(
    help: ArgumentHelp(
      "The container engine: docker, podman, nerdctl, or the file of one; else KEYREEVE_ENGINE, else the first in PATH.",
      valueName: "name"))
  var engine: String?

  @OptionGroup var place: MetadataPlaceOptions

  @Flag(help: "Ask no server of signed metadata: what was kept counts until it expires.")
  var offline = false

  @Flag(
    name: [.long, .customShort("y")], help: "push: make a repository of signed tags that is new without a question.")
  var yes = false

  @Option(
    name: .customLong("root-key"),
    help: ArgumentHelp("push: the root key of a new repository, or its first digits.", valueName: "id"))
  var rootKey: String?

  @Flag(name: .customLong("new-root-key"), help: "push: make a new root key for a new repository.")
  var isNewRoot = false

  @OptionGroup var passphraseOptions: PassphraseOptions

  /// What a suggested command needs as well.
  var given: GivenOptions { GivenOptions(common, place) }

  var server: String? { place.server }
  var folder: String? { place.folder }
  var allowsFirstUse: Bool { place.allowsFirstUse }

  func validate() throws {
    if isNewRoot, rootKey != nil { throw ValidationError("--root-key and --new-root-key exclude each other") }
    if let rootKey, rootKey.utf8.count < 7 { throw ValidationError("--root-key takes at least the first 7 digits") }
  }

  private static let flags: Set<String> = [
    "--json", "--verbose", "--no-color", "--offline", "--trust-on-first-use", "--yes", "-y", "--new-root-key",
  ]
  private static let values: Set<String> = [
    "--sysroot", "--engine", "--server", "--trust-dir", "--root-key", "--passphrase-fd",
  ]

  /// The words that are ours, which stand first, and those of the engine.
  static func split(_ words: [String]) -> (own: [String], engine: [String]) {
    var index = 0
    while index < words.count {
      let word = words[index]
      let form = word.hasPrefix("--") ? String(word.prefix { $0 != "=" }) : word
      if flags.contains(word) || values.contains(form) && form != word {
        index += 1
      } else if values.contains(word) {
        index += 2
      } else {
        break
      }
    }
    index = min(index, words.count)
    return (Array(words[..<index]), Array(words[index...]))
  }

  /// Whether an option with a value is ours; no engine has one of that name.
  static func takesValue(_ option: String) -> Bool { values.contains(option) }

  /// What to write instead, where an option of ours stands among the words of the engine; nil where it is none of ours.
  static func advice(on option: String, own: [String], among words: [String]) -> String? {
    guard flags.contains(option) || values.contains(option),
      let place = words.firstIndex(where: { $0 == option || $0.hasPrefix(option + "=") })
    else { return nil }
    let end = min(words.count, place + (values.contains(words[place]) ? 2 : 1))
    let line = ["keyreeve", EngineEntry.name] + own + words[place..<end] + words[..<place] + words[end...]
    return "\(option) is an option of keyreeve, which stands before the engine's words: \(ShellText.line(line))"
  }

  /// The folder of docker's settings on the machine that is worked on; nil where docker finds it by itself.
  var engineConfiguration: String? {
    guard !common.machine.isMachine else { return nil }
    return (Environment["DOCKER_CONFIG"] ?? Environment["HOME"].map { $0 + "/.docker" }).map {
      common.machine.located($0)
    }
  }
}
