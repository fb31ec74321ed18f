/// A part of a command line: an option with its value, or an operand.
public struct ArgumentItem: Sendable, Equatable {
  /// An option, as it was used.
  public struct OptionUse: Sendable, Equatable {
    /// Its long form, with the hyphens.
    public let name: String
    /// How it was written.
    let form: String
    /// Its value, where it has one.
    public let value: String?
    /// Whether the value is a word of its own, or follows the letter at once.
    let isApart: Bool
  }

  /// What a part is.
  public enum Kind: Sendable, Equatable {
    /// Options: several only where they share a word.
    case options([OptionUse])
    /// What is worked on.
    case operand
    /// `--`: no option follows.
    case terminator
    /// What follows an operand behind which nothing is the engine's any more.
    case rest
  }

  /// What it is.
  public let kind: Kind
  /// Its words, as they are passed on.
  public let words: [String]

  /// The options of the part.
  public var uses: [OptionUse] {
    guard case .options(let uses) = kind else { return [] }
    return uses
  }

  /// The part without an option; nil where nothing is left of it.
  func without(_ name: String) -> ArgumentItem? {
    guard case .options(let uses) = kind, uses.contains(where: { $0.name == name }) else { return self }
    let left = uses.filter { $0.name != name }
    guard !left.isEmpty else { return nil }
    return ArgumentItem(kind: .options(left), words: left.flatMap(\.words))
  }
}

extension ArgumentItem.OptionUse {
  /// The option in words of its own.
  var words: [String] {
    guard let value else { return [form] }
    if isApart { return [form, value] }
    return [form.hasPrefix("--") ? "\(form)=\(value)" : form + value]
  }
}

extension ArgumentItem {
  /// The part with other values of an option.
  func rewriting<Failure>(
    _ option: String, _ body: (String) throws(Failure) -> String
  ) throws(Failure) -> ArgumentItem {
    guard case .options(let uses) = kind, uses.contains(where: { $0.name == option && $0.value != nil }) else {
      return self
    }
    var made: [OptionUse] = []
    for use in uses {
      guard use.name == option, let value = use.value else {
        made.append(use)
        continue
      }
      made.append(.init(name: use.name, form: use.form, value: try body(value), isApart: use.isApart))
    }
    return ArgumentItem(kind: .options(made), words: made.flatMap(\.words))
  }
}
