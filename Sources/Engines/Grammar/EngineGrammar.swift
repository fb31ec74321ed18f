/// The commands of a family of engines that have to do with images, and their options.
struct EngineGrammar {
  let kind: EngineKind

  /// The options before the subcommand.
  var global: OptionTable {
    switch kind {
    case .docker: DockerTables.global
    case .podman: PodmanTables.global
    case .nerdctl: NerdctlTables.global
    }
  }

  /// The options between a group, such as `image`, and its command.
  func options(ofGroup group: String) -> OptionTable {
    switch (kind, group) {
    case (_, "compose"): ComposeTable.global
    // Docker hands `builder` on to buildx where it has that.
    case (.docker, "buildx"), (.docker, "builder"): DockerTables.buildx
    case (.docker, _): OptionTable(flags: "")
    case (.podman, _), (.nerdctl, _): global
    }
  }

  /// Groups in which commands stand that are looked at.
  static let groups: Set<String> = [
    "image", "container", "builder", "buildx", "service", "stack", "plugin", "kube", "play", "pod", "farm", "artifact",
    "compose",
  ]

  /// What a command does, and its options; nil where no option has to be understood.
  ///
  /// The switch of content trust is known to every one of them: it is taken off before the engine sees the words.
  func command(_ verb: [String]) -> (action: EngineAction, options: OptionTable?) {
    let (action, options) = known(verb)
    return (action, options?.with(OptionTable(flags: EngineCommandLine.trustOption)))
  }

  private func known(_ verb: [String]) -> (action: EngineAction, options: OptionTable?) {
    switch verb.joined(separator: " ") {
    case "pull", "image pull": (.pull, pull)
    case "push", "image push": (.push, push)
    case "run", "container run": (.run, run)
    case "create", "container create": (.create, run)
    case "build", "image build", "builder build", "builder b", "buildx build", "buildx b": (.build, build)
    case "service create" where kind == .docker: (.service, DockerTables.serviceCreate)
    case "service update" where kind == .docker: (.service, DockerTables.serviceUpdate)
    case _ where verb.first == "compose":
      (ComposeTable.fetches(verb.dropFirst().first) ? .unchecked(advice: Self.composeAdvice) : .other, nil)
    case let words: (Self.unchecked[words].map { .unchecked(advice: $0) } ?? .other, nil)
    }
  }

  private static let composeAdvice = "keyreeve docker check FILE shows which images of a compose file are signed"
  private static let buildAdvice = "keyreeve docker check FILE shows which images of a Dockerfile are signed"

  /// What fetches images by itself, and how these can be checked before.
  private static let unchecked: [String: String?] = {
    var commands: [String: String?] = ["stack deploy": composeAdvice, "stack up": composeAdvice, "bake": buildAdvice]
    for group in ["buildx", "builder"] {
      for command in ["bake", "f", "debug", "dap"] { commands["\(group) \(command)"] = buildAdvice }
      commands["\(group) create"] = .some(nil)
    }
    for command in [
      "plugin install", "plugin upgrade", "kube play", "play kube", "pod create", "auto-update", "container runlabel",
      "container clone", "container restore", "farm build", "artifact pull", "debug",
    ] {
      commands[command] = .some(nil)
    }
    return commands
  }()

  private var pull: OptionTable {
    switch kind {
    case .docker: DockerTables.pull
    case .podman: PodmanTables.pull.with(PodmanTables.aliases).with(global)
    case .nerdctl: NerdctlTables.pull.with(global)
    }
  }

  private var push: OptionTable {
    switch kind {
    case .docker: DockerTables.push
    case .podman: PodmanTables.push.with(PodmanTables.aliases).with(global)
    case .nerdctl: NerdctlTables.push.with(global)
    }
  }

  private var run: OptionTable {
    switch kind {
    case .docker: DockerTables.run
    case .podman: PodmanTables.run.with(PodmanTables.aliases).with(global)
    case .nerdctl: NerdctlTables.run.with(global)
    }
  }

  private var build: OptionTable {
    switch kind {
    case .docker: DockerTables.build
    case .podman: PodmanTables.build.with(PodmanTables.aliases).with(global)
    case .nerdctl: NerdctlTables.build.with(global)
    }
  }
}
