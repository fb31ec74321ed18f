internal import Archives
internal import ChildPrograms
internal import Discovery
internal import Glibc
internal import Registry
internal import Stores
internal import StrictJSON
public import TrustModel
public import TrustVerify

/// Runs an image of the store: judged again, unpacked, made a bundle, run by an OCI runtime, taken away.
public struct ImageRunner {
  /// What a run came to.
  public enum Outcome: Sendable {
    /// The image may not run.
    case refused(Verdict)
    /// It ran, with this exit status; 128 and the signal where it ended by one.
    case ended(status: Int32)
  }

  private let images: StoredImages
  private let runtime: ContainerRuntime
  private let wishes: RunWishes
  private let say: (String) -> Void
  /// Whether images that nobody vouches for run, too.
  public var skipsVerification = false
  /// Whether the program reads what this one is given to read.
  public var hasInput = false
  /// What the terminal is called, for a program that has one.
  public var terminalType: String?

  /// A runner; `say` is given what a person should know, one sentence at a time.
  public init(
    _ images: StoredImages, by runtime: ContainerRuntime, _ wishes: RunWishes, say: @escaping (String) -> Void
  ) {
    (self.images, self.runtime, self.wishes, self.say) = (images, runtime, wishes, say)
  }

  /// Runs an image of the store to its end, judged again first.
  ///
  /// Ends this process by the signal that asked it to, once everything was taken away.
  ///
  /// - Throws: `RunFailure`.
  public func run(_ record: ImageRecord, at now: Timestamp) throws(RunFailure) -> Outcome {
    try checkMachine(record)
    // By what is known of it, before anything is read.
    if !skipsVerification, let known = images.judged([record], at: now).first, !known.today.isAccepted {
      return .refused(known.today)
    }
    return try inFolder { folder in
      var renderer = RootRenderer(images, at: now, skipsVerification: skipsVerification)
      switch try renderer.render(record, into: folder) {
      case .refused(let verdict): return .refused(verdict)
      case .done(let manifest, let leftOut):
        guard let app = manifest.app else {
          throw RunFailure(.usage, "\(manifest.name) is no program: only other images stand on it")
        }
        return try start(manifest.name.components.last.map { String($0) } ?? "", app, wishes, folder, leftOut)
      }
    }
  }

  /// Runs a container image that was judged already, in the same way.
  ///
  /// - Throws: `RunFailure`.
  public func run(_ image: LayeredImage) throws(RunFailure) -> Outcome {
    try inFolder { folder in
      let program = try ContainerProgram(image.configuration, wishes)
      let tree = try RootTree(at: folder.root)
      for index in 0..<image.count {
        tree.begin(.layer)
        var scanner = TarScanner(tree)
        try unsafe image.read(index) { piece in try unsafe scanner.feed(piece) }
        try scanner.finish()
      }
      try tree.complete()
      return try start(image.name, program.app, program.wishes, folder, tree.leftOut, showsOwnVolumes: true)
    }
  }

  /// Takes away what runs have left that ended without doing so themselves; returns how many.
  public static func takeLeftoversAway(of images: StoredImages, dryRun: Bool) throws(RunFailure) -> Int {
    try RunFolder.sweep(images.store.state, dryRun: dryRun)
  }

  /// Does something in the directory of a new run, which is gone afterwards.
  private func inFolder(_ body: (RunFolder) throws -> Outcome) throws(RunFailure) -> Outcome {
    if !UnpackRights.current.isRoot, let problem = UserNamespaces.problem { throw RunFailure(.failed, problem) }
    Interruption.watch()
    defer { Interruption.follow() }
    do throws(RunFailure) {
      _ = try RunFolder.sweep(images.store.state, dryRun: false)
    } catch {
      say("\(error)")
    }
    let folder = try RunFolder(in: images.store.state, runtime: runtime.path)
    defer { remove(folder) }
    do {
      return try body(folder)
    } catch let failure as RunFailure {
      throw failure
    } catch let error as ArchiveError {
      throw RunFailure(error.isMalformed ? .malformed : .failed, "\(error)")
    } catch let error as RegistryError {
      throw RunFailure(error.reason, error.description)
    } catch {
      throw RunFailure(.failed, "\(error)")
    }
  }

  private func remove(_ folder: RunFolder) {
    do throws(ArchiveError) {
      try folder.remove(runtime)
    } catch {
      say("the files of the run were not all taken away: \(error); to try again: keyreeve image gc")
    }
  }

  private func checkMachine(_ record: ImageRecord) throws(RunFailure) {
    let machine = MachineLabels.current
    for name in ["os", "arch"] {
      guard let own = machine[name], let value = record.labels[name], !value.utf8.elementsEqual(own.utf8) else {
        continue
      }
      let sentence = "the image is for \(name)=\(VisibleText(value, limit: 80)), and this machine is \(name)=\(own)"
      if name == "os" { throw RunFailure(.mismatch, sentence) }
      say(sentence)
    }
  }

  /// Makes the bundle of what was unpacked and has it run.
  private func start(
    _ name: String, _ app: ImageManifest.App, _ wishes: RunWishes, _ folder: RunFolder, _ leftOut: LeftOut,
    showsOwnVolumes: Bool = false
  ) throws -> Outcome {
    for sentence in leftOut.sentences { say("unpacking: \(sentence)") }
    var ground = ground(of: folder, wishes)
    ground.showsOwnVolumes = showsOwnVolumes
    let bundle = try Bundle(name, app, wishes, ground, files: RootFiles(folder.root))
    for note in bundle.notes { say(note) }
    for placed in bundle.mounts.placed { try provide(placed.volume, folder) }
    let document = bundle.document { volume in
      if case .host(let source, _) = volume.kind { source } else { folder.volume(volume.name) }
    }
    try folder.configure(document.encoded(pretty: true))
    guard !Interruption.isNoted else { return .ended(status: 130) }
    return .ended(status: try runtime.run(folder, hasInput: hasInput).status)
  }

  private func ground(of folder: RunFolder, _ wishes: RunWishes) -> Bundle.Ground {
    var ground = Bundle.Ground(name: folder.name)
    let isRoot = UnpackRights.current.isRoot
    if !isRoot { ground.rootless = (geteuid(), getegid()) }
    ground.hasControlGroups = unsafe isRoot && access("/sys/fs/cgroup", W_OK) == 0
    ground.terminalType = wishes.hasTerminal ? terminalType : nil
    ground.networkFiles = ["/etc/resolv.conf", "/etc/hosts"].filter { unsafe access($0, R_OK) == 0 }
    return ground
  }

  /// Makes an empty volume; one of the machine must be there.
  private func provide(_ volume: Volume, _ folder: RunFolder) throws {
    switch volume.kind {
    case .host(let source, _):
      guard unsafe access(source, F_OK) == 0 else {
        throw RunFailure(.failed, "the volume '\(volume.name)': there is no \(VisibleText(source))")
      }
    case .empty:
      guard unsafe access(folder.volume(volume.name), F_OK) != 0 else { return }
      try folder.makeVolume(volume, isRoot: UnpackRights.current.isRoot)
    }
  }
}
