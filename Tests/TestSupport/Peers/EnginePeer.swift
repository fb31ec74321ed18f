import Glibc

/// A real container engine (dockerd) and a real registry (docker-registry) on this machine; only root can start them.
///
/// Both run in namespaces of their own: no process, mount or file of theirs is left when the last owner is gone, or
/// the test process was killed.
public final class EnginePeer {
  /// What the names of repositories on the registry begin with.
  public let registry: String
  private let folder: TemporaryDirectory
  private var service: PeerService?

  /// Starts both, with no image and no repository.
  public init() throws {
    let port = try FreePort.find()
    registry = "localhost:\(port)"
    folder = try TemporaryDirectory(prefix: "kr-engine")
    // Clear text: an engine asks registries on localhost in whatever way they answer.
    let configuration = """
      version: 0.1
      log: {level: error}
      storage: {filesystem: {rootdirectory: \(folder.path)/registry}}
      http: {addr: "127.0.0.1:\(port)"}

      """
    _ = try folder.write("registry.yml", Array(configuration.utf8))
    // The outer shell clears away behind the inner one, whose end is the end of everything in its namespaces.
    let script = """
      unshare --mount --pid --fork --kill-child --mount-proc sh -c "$1" "$0"
      rm -rf "$0"
      """
    service = try PeerService(supervised: ["sh", "-c", script, folder.path, Self.program])
    try FreePort.waitUntilOpen(port)
    try waitUntilReady()
  }

  deinit { service = nil }

  /// Where the engine listens, as `DOCKER_HOST` has it.
  public var address: String { "unix://\(folder.path)/socket" }

  /// Without a network for containers, for none is run.
  ///
  /// What lies in the machine's `/run` and `/etc/docker` is neither read nor changed.
  private static let program = """
    mount -t tmpfs tmpfs /run && mkdir -p /etc/docker && mount -t tmpfs tmpfs /etc/docker || exit 1
    docker-registry serve "$0/registry.yml" >/dev/null 2>&1 &
    dockerd --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs --data-root="$0/data" \\
      --exec-root="$0/exec" --host="unix://$0/socket" --pidfile="$0/pid" >"$0/engine.log" 2>&1 &
    read -r _
    """

  private func waitUntilReady() throws {
    let question = ["docker", "--host", address, "version"]
    for _ in 0..<400 {
      if try ChildProcess.run(question).status == 0 { return }
      usleep(50_000)
    }
    throw NotaryPeer.Failure.failed(try ChildProcess.run(["tail", "-n", "5", folder.path + "/engine.log"]).text)
  }

  /// Makes an image of one file that holds these words.
  public func makeImage(_ name: String, holding words: String) throws {
    _ = try folder.write("words", Array(words.utf8))
    for command in [
      ["tar", "-C", folder.path, "-cf", folder.path + "/layer.tar", "words"],
      ["docker", "--host", address, "import", folder.path + "/layer.tar", name],
    ] {
      let outcome = try ChildProcess.run(command)
      guard outcome.status == 0 else { throw NotaryPeer.Failure.failed(outcome.errorText) }
    }
  }
}
