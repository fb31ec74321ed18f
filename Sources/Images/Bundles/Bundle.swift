internal import Archives
internal import StrictJSON
internal import TrustModel

/// The configuration that an OCI runtime runs an image by, made from the image's manifest and a person's wishes.
///
/// Source: OCI runtime specification 1.0.2; appc image specification, "image manifest schema"; what rkt gave its programs.
struct Bundle {
  /// What the machine and the caller allow.
  struct Ground {
    /// The caller's numbers where it is not root: then a user namespace has them stand for root.
    var rootless: (user: UInt32, group: UInt32)?
    /// Whether the runtime may make control groups.
    var hasControlGroups = true
    /// The name of the run.
    var name: String
    /// What the terminal is called; nil without one.
    var terminalType: String?
    /// Whether what the image has at a mount point is seen there where nobody gives a volume, as docker has it.
    var showsOwnVolumes = false
    /// Files of the machine that a program with the machine's network reads, as far as they are there.
    var networkFiles: [String] = []
  }

  private let app: ImageManifest.App
  private let image: String
  private let wishes: RunWishes
  private let ground: Ground
  private let user: RunUser
  private let isolators: Isolators
  let mounts: BundleMounts
  /// What of the manifest is not applied, one sentence each.
  let notes: [String]

  /// A bundle of the program `app`, which the last part of its image's name is the name of.
  ///
  /// - Throws: `RunFailure` for what cannot be run like this.
  init(
    _ image: String, _ app: ImageManifest.App, _ wishes: RunWishes, _ ground: Ground, files: RootFiles
  ) throws(RunFailure) {
    (self.app, self.image, self.wishes, self.ground) = (app, image, wishes, ground)
    user = try RunUser(user: wishes.user ?? app.user, group: wishes.group ?? app.group, in: files)
    isolators = try Isolators(app.isolators)
    mounts = try BundleMounts(app, wishes, user, isRootless: ground.rootless != nil) { path in
      ground.showsOwnVolumes ? files.directory(path) : nil
    }
    notes = isolators.notes + Self.notes(app, wishes, isolators, ground)
    guard !Self.words(app, wishes).isEmpty else {
      throw RunFailure(.usage, "the image names no program to run: name one with --exec")
    }
    guard ground.rootless == nil || user.number == 0 && user.group == 0 && app.supplementaryGIDs.isEmpty else {
      throw RunFailure(
        .failed,
        "the image runs as user \(user.number) and group \(user.group), and without root's rights there is only root in"
          + " it, who is you: run it as root, or with --user 0 --group 0")
    }
  }

  private static func words(_ app: ImageManifest.App, _ wishes: RunWishes) -> [String] {
    (wishes.program.map { [$0] } ?? app.exec) + wishes.arguments
  }

  private static func notes(
    _ app: ImageManifest.App, _ wishes: RunWishes, _ isolators: Isolators, _ ground: Ground
  ) -> [String] {
    var notes = app.eventHandlers.map { handler in
      "the \(handler.name) program \(VisibleText(handler.exec.first ?? "", limit: 80)) is not run"
    }
    let isLimited = wishes.memory ?? isolators.memory != nil || wishes.processor ?? isolators.processor != nil
    if !ground.hasControlGroups, isLimited || isolators.shares != nil {
      notes.append("the limits of memory and processor are not applied: no control groups are at hand")
    }
    if !app.ports.isEmpty {
      let ports = app.ports.map { port in
        let last = port.count > 1 ? "-\(port.port + port.count - 1)" : ""
        return "\(port.name) (\(VisibleText(port.protocol, limit: 20)) \(port.port)\(last))"
      }
      let reach = wishes.sharesNetwork ? "on the machine's own network" : "reachable with --net=host alone"
      notes.append("it listens on \(ports.joined(separator: ", ")), \(reach)")
    }
    return notes
  }

  /// The configuration; `source` says where an empty volume lies.
  func document(source: (Volume) -> String) -> JSON {
    [
      "ociVersion": "1.0.2", "process": process,
      "root": ["path": "rootfs", "readonly": .bool(wishes.isReadOnly)],
      "hostname": JSON(wishes.hostname ?? ground.name),
      "mounts": mounts.document(source: source, files: wishes.sharesNetwork ? ground.networkFiles : []),
      "linux": .object(linux),
    ]
  }

  private var process: JSON {
    var members: [JSON.Member] = [
      .init("terminal", .bool(wishes.hasTerminal)),
      .init(
        "user",
        [
          "uid": .number(Int64(user.number)), "gid": .number(Int64(user.group)),
          "additionalGids": .array(app.supplementaryGIDs.map { .number(Int64($0)) }),
        ]),
      .init("args", JSON(Self.words(app, wishes))), .init("env", JSON(environment)),
      .init("cwd", JSON(wishes.directory ?? app.workingDirectory)),
      .init(
        "capabilities",
        Capabilities.document(
          isolators.capabilities, isRoot: user.number == 0, isAskedFor: isolators.asksForCapabilities)),
      .init("noNewPrivileges", .bool(isolators.gainsNoPrivileges)),
    ]
    // Only root may ask the kernel to spare a process.
    if let score = isolators.memoryScore, ground.rootless == nil || score >= 0 {
      members.append(.init("oomScoreAdj", .number(score)))
    }
    return .object(members)
  }

  /// As rkt had it; the manifest's variables come over them, and a person's over these.
  private var environment: [String] {
    var variables = [
      ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"), ("SHELL", "/bin/sh"),
      ("USER", user.name), ("LOGNAME", user.name), ("HOME", user.home),
      ("AC_APP_NAME", image),
    ]
    if let terminal = ground.terminalType { variables.append(("TERM", terminal)) }
    for (name, value) in app.environment.map({ ($0.name, $0.value) }) + wishes.environment.map({ ($0.name, $0.value) })
    {
      variables.removeAll { $0.0.utf8.elementsEqual(name.utf8) }
      variables.append((name, value))
    }
    return variables.map { "\($0.0)=\($0.1)" }
  }

  private var linux: [JSON.Member] {
    var namespaces = ["pid", "ipc", "uts", "mount"] + (wishes.sharesNetwork ? [] : ["network"])
    var members: [JSON.Member] = []
    if let rootless = ground.rootless {
      namespaces.append("user")
      members = [
        .init("uidMappings", Self.mapping(rootless.user)), .init("gidMappings", Self.mapping(rootless.group)),
      ]
    }
    members.append(.init("namespaces", .array(namespaces.map { ["type": JSON($0)] })))
    if ground.hasControlGroups {
      members += [.init("cgroupsPath", JSON("/" + ground.name)), .init("resources", resources)]
    }
    if let filter = isolators.filter { members.append(.init("seccomp", filter.document)) }
    return members + [.init("maskedPaths", JSON(Self.masked)), .init("readonlyPaths", JSON(Self.readOnly))]
  }

  private static func mapping(_ number: UInt32) -> JSON {
    [["containerID": 0, "hostID": .number(Int64(number)), "size": 1]]
  }

  private var resources: JSON {
    var members: [JSON.Member] = [.init("devices", [["allow": false, "access": "rwm"]])]
    if let memory = wishes.memory ?? isolators.memory {
      members.append(.init("memory", ["limit": .number(memory.whole)]))
    }
    var processor: [JSON.Member] = []
    if let limit = wishes.processor ?? isolators.processor {
      // Microseconds of each tenth of a second; less than a thousandth of it the kernel refuses.
      processor = [
        .init("period", .number(100_000)), .init("quota", .number(max(1000, limit.thousandths.multipliedByHundred))),
      ]
    }
    if let shares = isolators.shares { processor.append(.init("shares", .number(shares))) }
    if !processor.isEmpty { members.append(.init("cpu", .object(processor))) }
    return .object(members)
  }

  /// What runc's own default hides and protects.
  private static let masked = [
    "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
    "/proc/timer_stats", "/proc/sched_debug", "/sys/firmware", "/proc/scsi",
  ]
  private static let readOnly = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]
}

extension Int64 {
  /// A hundred times as much, or the most there is.
  fileprivate var multipliedByHundred: Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: 100)
    return overflow ? .max : product
  }
}
