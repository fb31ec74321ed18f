public import ContentChange

/// How the console changes repositories and keys of content trust: by the plain commands, run beside the loop, with the person at
/// the screen asked in place of the terminal.
///
/// So a change means the same wherever it is made: the plan is the command's own, and so is what was read back.
public struct ContentChanges: Sendable {
  /// A change.
  public enum Kind: String, CaseIterable, Sendable {
    /// Makes a repository where there is none.
    case begin
    /// Signs a tag.
    case sign
    /// Takes a tag from every role that signs it.
    case revoke
    /// Lets somebody sign, or no more.
    case addSigner, removeSigner
    /// Puts another key in the place of a role's key.
    case rotate
    /// Says what is wrong with a repository, and mends it.
    case doctor, repair
    /// Delegates to a role, with keys, paths and a threshold, or takes them away.
    case addDelegation, removeDelegation
    /// Signs roles anew as they are.
    case witness
    /// Tries the keys of a backup, or makes one whose keys are all sealed.
    case drill
  }

  /// A command: its name, its options, and its arguments, which are never taken for options.
  public struct Command: Hashable, Sendable {
    /// The words of its name.
    public let path: [String]
    /// Options with their values.
    public let options: [String]
    /// Arguments.
    public let arguments: [String]

    /// A command.
    public init(_ path: [String], options: [String] = [], arguments: [String]) {
      (self.path, self.options, self.arguments) = (path, options, arguments)
    }

    /// The words behind the name of the program, with options of the machine.
    public func words(_ more: [String] = []) -> [String] { path + options + more + ["--"] + arguments }
  }

  /// What came of a command.
  public struct Outcome: Hashable, Sendable {
    /// What it said last.
    public let lines: [String]
    /// Whether it ended well.
    public let isDone: Bool

    /// An outcome.
    public init(_ lines: [String], isDone: Bool) { (self.lines, self.isDone) = (lines, isDone) }
  }

  /// Runs a command to its end; blocks.
  public typealias Run = @Sendable (_ command: Command, _ person: any ChangePerson) -> Outcome

  /// The changes that the program has commands for: no other is ever offered.
  public let kinds: Set<Kind>
  let run: Run

  /// Changes.
  public init(_ kinds: Set<Kind>, run: @escaping Run) { (self.kinds, self.run) = (kinds, run) }

  /// The command that each kind stands for.
  public static func path(of kind: Kind) -> [String] {
    switch kind {
    case .begin: ["content", "init"]
    case .sign: ["content", "sign"]
    case .revoke: ["content", "revoke"]
    case .addSigner: ["content", "signer", "add"]
    case .removeSigner: ["content", "signer", "remove"]
    case .addDelegation: ["content", "delegation", "add"]
    case .removeDelegation: ["content", "delegation", "remove"]
    case .witness: ["content", "witness"]
    case .rotate: ["content", "key", "rotate"]
    case .doctor: ["content", "doctor"]
    case .repair: ["content", "repair"]
    // Where keys can be made, a backup is tried with their passphrases.
    case .drill: ["content", "key", "generate"]
    }
  }
}

/// Whoever is asked while a change is made: for passphrases, and whether they agree.
public protocol ChangePerson: PassphrasePerson, Sendable {
  /// Whether the person agrees to a plan that they were shown.
  func agrees(to plan: [String], _ question: String) -> Bool
}
