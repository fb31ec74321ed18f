import TestSupport

/// Runs a program on a machine that lies on a small file system of its own, full but for a little, and seen by that program alone.
final class FullDisk {
  /// What is left free.
  enum Room: Sendable, CustomStringConvertible {
    /// So many blocks of 4 KiB.
    case blocks(Int)
    /// So many files and folders.
    case names(Int)

    var description: String {
      switch self {
      case .blocks(let count): "\(count) blocks"
      case .names(let count): "\(count) names"
      }
    }
  }

  /// What came of it.
  struct Outcome {
    let command: ChildProcess.Outcome
    /// Every file of the machine by its path, with its digest: before, and afterwards.
    let before: [String: String], after: [String: String]
    /// With which status the same ends once there is room again.
    let again: Int32?
  }

  /// Copies the machine onto the file system, fills that, runs the words behind it, and says what is there then.
  private static let script = """
    machine=$1 save=$2 blocks=$3 names=$4 folder=$5; shift 5
    cp -a "$machine/." "$save/old"
    mount -t tmpfs -o size=16m none "$machine" && cp -a "$save/old/." "$machine/" || exit 96
    if [ "$names" -ge 0 ]; then
      used=$(df --output=iused "$machine" | tail -n 1)
      mount -o "remount,nr_inodes=$((used + names))" none "$machine" || exit 96
    else
      head -c $((blocks * 4096)) /dev/zero > "$machine/reserve"
      cat /dev/zero > "$machine/fill" 2> /dev/null
      rm "$machine/reserve"
    fi
    list() { (cd "$machine" && find . -type f ! -name fill -exec sha256sum {} + | sort -k 2); }
    list > "$save/before"
    cd "$machine$folder" || exit 96
    "$@"
    status=$?
    rm -f "$machine/fill"
    list > "$save/after"
    [ "$names" -lt 0 ] || mount -o remount,nr_inodes=100000 none "$machine"
    "$@" > /dev/null 2>&1
    echo $? > "$save/again"
    exit $status
    """

  private let machine: SandboxMachine
  private let save: TemporaryDirectory

  init(_ machine: SandboxMachine) throws {
    self.machine = machine
    save = try TemporaryDirectory(prefix: "kr-full")
    try save.mkdir("old")
  }

  /// Runs it: `body` takes the words that stand before the program.
  ///
  /// - Parameter folder: of the machine, in which it runs.
  func run(
    _ room: Room, in folder: String = "", _ body: ([String]) throws -> ChildProcess.Outcome
  ) throws -> Outcome {
    let (blocks, names) =
      switch room {
      case .blocks(let count): (count, -1)
      case .names(let count): (0, count)
      }
    let command = try body([
      "unshare", "-m", "bash", "-c", Self.script, "full", machine.path, save.path, "\(blocks)", "\(names)", folder,
    ])
    return Outcome(
      command: command, before: try list("before"), after: try list("after"),
      again: Int32(try text("again").filter { $0 != "\n" }))
  }

  private func text(_ name: String) throws -> String { try ChildProcess.run(["cat", save.path + "/" + name]).text }

  private func list(_ name: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for line in try text(name).split(separator: "\n") { files[String(line.dropFirst(66))] = String(line.prefix(64)) }
    return files
  }
}

extension FullDisk.Outcome {
  /// The paths of files that came, went or changed.
  var changed: Set<String> {
    Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
  }

  /// Files in the making that are still there.
  var leftovers: [String] {
    after.keys.filter { $0.split(separator: "/").contains { $0.hasPrefix(".keyreeve-") } }
  }
}
