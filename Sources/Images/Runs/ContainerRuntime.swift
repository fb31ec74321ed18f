internal import ChildPrograms
internal import Glibc
internal import TrustModel

/// The OCI runtime that programs are run by: runc or crun, or another with the same command line.
public struct ContainerRuntime: Sendable {
  /// The names that are looked for, in order.
  public static let names = ["runc", "crun"]

  /// Its file.
  public let path: String

  /// Finds a runtime.
  ///
  /// - Parameters:
  ///   - wanted: its name or file; nil for the first of `names` that is there.
  ///   - searchPath: where names are looked for, as in `PATH`.
  /// - Throws: `RunFailure` where there is none, or one that cannot run here.
  public init(_ wanted: String?, searchPath: String) throws(RunFailure) {
    for name in wanted.map({ [$0] }) ?? Self.names {
      guard let path = ChildProgram.find(name, in: searchPath) else { continue }
      guard !Self.isRefusedHere(path) else {
        if wanted == nil { continue }
        throw Self.refused(path)
      }
      self.path = path
      return
    }
    if wanted == nil, let crun = ChildProgram.find("crun", in: searchPath) { throw Self.refused(crun) }
    guard let wanted else {
      throw RunFailure(.failed, "there is no OCI runtime in PATH: install runc or crun, or name one with --runtime")
    }
    throw RunFailure(.failed, "--runtime \(VisibleText(wanted, limit: 200)): there is no such program")
  }

  /// A runtime that was found before.
  init(found path: String) { self.path = path }

  /// crun runs nothing where control groups of both versions are in use.
  private static func isRefusedHere(_ path: String) -> Bool {
    guard path.split(separator: "/").last == "crun" else { return false }
    guard let file = unsafe fopen("/sys/fs/cgroup/unified/cgroup.controllers", "re") else { return false }
    defer { unsafe fclose(file) }
    return unsafe fgetc(file) > 0x20
  }

  private static func refused(_ path: String) -> RunFailure {
    RunFailure(
      .failed,
      "\(path) runs nothing on a machine that uses control groups of both versions at once, as this one does:"
        + " use runc (--runtime runc)")
  }

  /// Runs the bundle of a run in the foreground, to its end.
  ///
  /// The runtime inherits the run's lock, so that nobody takes the run's files for leftovers while it lives.
  func run(_ folder: RunFolder, hasInput: Bool) throws(ChildProgramError) -> RunningProgram.End {
    var program = ChildProgram(path, ["--root", folder.state, "run", "--bundle", folder.bundle, folder.name])
    program.input = hasInput ? .inherited : .none
    program.errors = .inherited
    program.descriptors = [3: folder.descriptor]
    return try program.runInForeground()
  }

  /// Ends whatever still runs under a name, and takes its control group away.
  func delete(_ name: String, state: String) {
    let program = ChildProgram(path, ["--root", state, "delete", "--force", name])
    _ = try? program.collect(limit: 1 << 16, seconds: 30)
  }
}
