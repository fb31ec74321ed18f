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
    switch kind {
    case .docker: group == "buildx" ? DockerTables.buildx : OptionTable(flags: "")
    case .podman, .nerdctl: global
    }
  }

  /// Groups in which commands stand that are looked at.
  static let groups: Set<String> = [
    "image", "container", "builder", "buildx", "service", "stack", "plugin", "kube", "play", "pod", "farm", "artifact",
  ]

  /// What a command does, and its options; nil where no option has to be understood.
  func command(_ verb: [String]) -> (action: EngineAction, options: OptionTable?) {
    switch verb.joined(separator: " ") {
    case "pull", "image pull": (.pull, pull)
    case "push", "image push": (.push, push)
    case "run", "container run": (.run, run)
    case "create", "container create": (.create, run)
    case "build", "image build", "builder build", "buildx build", "buildx b": (.build, build)
    case "service create" where kind == .docker: (.service, DockerTables.serviceCreate)
    case "service update" where kind == .docker: (.service, DockerTables.serviceUpdate)
    case let words: (Self.unchecked[words].map { .unchecked(advice: $0) } ?? .other, nil)
    }
  }

  /// What fetches images by itself, and how these can be checked before.
  private static let unchecked: [String: String?] = [
    "compose": "keyreeve docker check FILE shows which images of a compose file are signed",
    "stack deploy": "keyreeve docker check FILE shows which images of a compose file are signed",
    "stack up": "keyreeve docker check FILE shows which images of a compose file are signed",
    "buildx bake": "keyreeve docker check FILE shows which images of a Dockerfile are signed",
    "buildx f": "keyreeve docker check FILE shows which images of a Dockerfile are signed",
    "plugin install": nil, "plugin upgrade": nil, "kube play": nil, "play kube": nil, "pod create": nil,
    "auto-update": nil, "container runlabel": nil, "container clone": nil, "farm build": nil, "artifact pull": nil,
  ]

  private var pull: OptionTable {
    switch kind {
    case .docker: DockerTables.pull
    case .podman: PodmanTables.pull.with(global)
    case .nerdctl: NerdctlTables.pull.with(global)
    }
  }

  private var push: OptionTable {
    switch kind {
    case .docker: DockerTables.push
    case .podman: PodmanTables.push.with(global)
    case .nerdctl: NerdctlTables.push.with(global)
    }
  }

  private var run: OptionTable {
    switch kind {
    case .docker: DockerTables.run
    case .podman: PodmanTables.run.with(global)
    case .nerdctl: NerdctlTables.run.with(global)
    }
  }

  private var build: OptionTable {
    switch kind {
    case .docker: DockerTables.build
    case .podman: PodmanTables.build.with(global)
    case .nerdctl: NerdctlTables.build.with(global)
    }
  }
}
