import Engines
import Testing

/// Which words of a command line are options, which are their values, and which is the image.
@Suite("Command lines of engines")
struct GrammarTests {
  private func line(_ words: String, _ kind: EngineKind = .docker) throws -> EngineCommandLine {
    try EngineCommandLine(words.split(separator: " ").map(String.init), for: kind)
  }

  @Test(
    "The image is found behind every kind of option",
    arguments: [
      "run app", "run -it app sh -c app2", "run -p 80:80 app", "run -p80:80 app", "run -p=80:80 app",
      "run -itp 80:80 app",
      "run --name x app", "run --name=x app", "run --rm --env A=b --env=C app run other", "run -e A app -e B",
      "run -- app",
      "run --unheard=of app", "container run -d app", "run --sig-proxy=false app", "run -itehello app",
      "create -v /a:/b app",
      "container create --gpus all app", "-H tcp://h run --init app", "-Hunix:///s -D run app", "--context x run app",
      "-cx run app", "--tls --tlscacert /f run app", "run --pull always app", "run -l run app",
      "run --mount type=tmpfs app",
      "pull app", "pull -q app", "pull app -q", "pull --platform linux/arm64 app",
      "image pull app --platform=linux/arm64",
      "push app", "push -q app", "image push app", "service create --name x app sh", "service create -p 80:80 app",
    ])
  func image(_ words: String) throws {
    let line = try line(words)
    #expect(line.operands.first == "app")
    #expect(line.words == words.split(separator: " ").map(String.init))
    #expect(line.action != .other)
  }

  @Test(
    "The same for podman and nerdctl",
    arguments: [
      (EngineKind.podman, "run --pod x --tz local app"), (.podman, "--root /r run --replace app"),
      (.podman, "run --log-level debug app"), (.podman, "container run --rmi app"),
      (.podman, "image pull --os linux app"),
      (.podman, "image --log-level=debug pull app"), (.podman, "push --sign-by me app"),
      (.podman, "pull --tls-verify=false app"),
      (.nerdctl, "-n k8s.io run --rm app"), (.nerdctl, "--namespace k8s.io pull --unpack false app"),
      (.nerdctl, "run --snapshotter x app"), (.nerdctl, "-a /sock container create --net host app"),
    ])
  func others(_ kind: EngineKind, _ words: String) throws {
    let line = try line(words, kind)
    #expect(line.operands.first == "app" && line.words.joined(separator: " ") == words)
  }

  @Test(
    "An option that nobody knows and that may have a value is refused by its name",
    arguments: [
      ("run --unheard app", "--unheard"), ("run -X app", "-X"), ("run -itX app", "-X in -itX"),
      ("--odd run app", "--odd"),
      ("image --odd pull app", "--odd"), ("pull --odd app", "--odd"), ("run --\u{212A}ernel x app", "--\u{212A}ernel"),
      ("buildx --odd build .", "--odd"),
    ])
  func unknown(_ words: String, _ option: String) throws {
    let error = #expect(throws: CommandLineError.self) { try line(words) }
    #expect(try #require(error).description.contains(": nothing is known here of "), "\(option)")
  }

  @Test(
    "An option at the end that needs a value is refused", arguments: ["run --name", "run -e", "-H", "pull --platform"])
  func missing(_ words: String) {
    let error = #expect(throws: CommandLineError.self) { try line(words) }
    #expect(error?.description.contains("needs a value") == true)
  }

  @Test(
    "What is no command for images is handed on, whatever its words",
    arguments: [
      "ps -a --odd", "image ls --odd x", "exec -it app sh", "trust sign app:1", "", "-v", "--help", "run --help",
      "image --help", "pull -h",
    ])
  func others(_ words: String) throws {
    let line = try line(words)
    #expect(line.action == .other && line.words.joined(separator: " ") == words)
  }

  @Test(
    "What fetches images by itself is known",
    arguments: ["compose up -d", "stack deploy -c f x", "plugin install p", "buildx bake"])
  func unchecked(_ words: String) throws {
    guard case .unchecked = try line(words).action else {
      Issue.record("\(words) is handed on in silence")
      return
    }
  }

  @Test("The commands and their groups have one meaning")
  func actions() throws {
    let rows: [(EngineAction, [String])] = [
      (.pull, ["pull a", "image pull a"]), (.push, ["push a", "image push a"]), (.run, ["run a", "container run a"]),
      (.create, ["create a", "container create a"]),
      (
        .build,
        ["build .", "image build .", "builder build .", "buildx build .", "buildx --builder b build .", "buildx b ."]
      ),
      (.service, ["service create a", "service update --image a s"]),
    ]
    for (action, lines) in rows {
      for words in lines { #expect(try line(words).action == action, "\(words)") }
    }
  }

  @Test("Options are taken away and written anew without a change of the others")
  func changed() throws {
    var first = try line("run -it --disable-content-trust=false --rm -p 80:80 app x")
    first.remove("--disable-content-trust")
    #expect(first.words == ["run", "-it", "--rm", "-p", "80:80", "app", "x"])
    var second = try line("pull -aq app")
    second.remove("--all-tags")
    #expect(second.words == ["pull", "-q", "app"])
    #expect(second.with(operand: "b@d").words == ["pull", "-q", "b@d"])
    var third = try line("service update --image a:1 -d s")
    third.rewrite("--image") { $0 + "@d" }
    #expect(third.words == ["service", "update", "--image", "a:1@d", "-d", "s"])
    var fourth = try line("run -e A app -e B")
    fourth.replaceOperand(with: "app@d")
    #expect(fourth.words == ["run", "-e", "A", "app@d", "-e", "B"])
  }

  @Test("The last use of a flag counts, in any spelling of a truth")
  func truths() throws {
    #expect(try line("pull --disable-content-trust a").isSet("--disable-content-trust"))
    #expect(try !line("pull --disable-content-trust --disable-content-trust=F a").isSet("--disable-content-trust"))
    #expect(try line("pull -q=0 -q=T a").isSet("--quiet"))
    #expect(throws: CommandLineError.self) { try line("pull -q=maybe a").isSet("--quiet") }
    #expect(try !line("run app --disable-content-trust").isSet("--disable-content-trust"))
  }
}
