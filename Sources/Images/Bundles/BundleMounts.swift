internal import Archives
internal import StrictJSON
internal import TrustModel

/// What is mounted in a bundle beside the image: the kernel's file systems, and volumes.
struct BundleMounts {
  /// A volume in its place.
  struct Placed: Equatable {
    let volume: Volume
    let path: String
    let isReadOnly: Bool
  }

  let placed: [Placed]
  private let isRootless: Bool
  private let sharesNetwork: Bool

  /// Finds a volume for every mount point, an empty one of the program's user where none is given, and a place for every volume.
  ///
  /// - Parameter own: where the image's own directory lies that is shown at a mount point without a volume.
  /// - Throws: `RunFailure` for a volume that has no place.
  init(
    _ app: ImageManifest.App, _ wishes: RunWishes, _ user: RunUser, isRootless: Bool, own: (String) -> String?
  ) throws(RunFailure) {
    var placed: [Placed] = []
    var waiting = wishes.volumes
    guard Set(waiting.map(\.name)).count == waiting.count else {
      throw RunFailure(.usage, "two volumes have the same name")
    }
    for mount in wishes.mounts {
      guard let volume = wishes.volumes.first(where: { $0.name == mount.volume }) else {
        throw RunFailure(.usage, "--mount names the volume '\(mount.volume)', which no --volume describes")
      }
      waiting.removeAll { $0.name == mount.volume }
      placed.append(Placed(volume: volume, path: mount.target, isReadOnly: volume.isReadOnly))
    }
    for point in app.mountPoints where !placed.contains(where: { $0.path == point.path }) {
      let volume = wishes.volumes.first { $0.name == point.name }
      waiting.removeAll { $0.name == point.name }
      let directory = volume == nil ? own(point.path) : nil
      // It is gone with the run as an empty volume would be, and can be written unless all of the image cannot.
      if directory != nil, !wishes.isReadOnly { continue }
      let known = volume ?? Self.implicit(point.name, directory, user)
      placed.append(Placed(volume: known, path: point.path, isReadOnly: known.isReadOnly || point.isReadOnly))
    }
    if let volume = waiting.first { throw Self.placeless(volume, app) }
    // Those above others come first, or they would hide them.
    self.placed = placed.sorted { $0.path.utf8.count < $1.path.utf8.count }
    (self.isRootless, sharesNetwork) = (isRootless, wishes.sharesNetwork)
    for place in placed where !Self.isAbsolute(place.path) { throw Self.refusal(of: place, wishes) }
  }

  private static func refusal(of place: Placed, _ wishes: RunWishes) -> RunFailure {
    RunFailure(
      wishes.mounts.contains { $0.target == place.path } ? .usage : .malformed,
      "the mount point '\(VisibleText(place.path, limit: 200))' is no absolute path without '..'")
  }

  private static func isAbsolute(_ path: String) -> Bool {
    path.hasPrefix("/") && !path.utf8.split(separator: 0x2f).contains { $0.elementsEqual("..".utf8) }
  }

  private static func implicit(_ name: String, _ directory: String?, _ user: RunUser) -> Volume {
    guard let directory else {
      return Volume(name: name, kind: .empty(mode: 0o755, owner: user.number, group: user.group))
    }
    return Volume(name: name, kind: .host(source: directory, isRecursive: false))
  }

  private static func placeless(_ volume: Volume, _ app: ImageManifest.App) -> RunFailure {
    let names = app.mountPoints.map { VisibleText($0.name, limit: 80).description }
    let known =
      names.isEmpty ? "the image has no mount points" : "its mount points are \(names.joined(separator: ", "))"
    return RunFailure(
      .usage,
      "the image has no mount point '\(volume.name)' (\(known)); to say where: --mount volume=\(volume.name),target=PATH"
    )
  }

  /// The `mounts` member; `source` says where an empty volume lies, and `files` which files of the machine's network are there.
  func document(source: (Volume) -> String, files: [String]) -> JSON {
    var mounts: [JSON] = [
      Self.mount("/proc", "proc", "proc", ["nosuid", "noexec", "nodev"]),
      Self.mount("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
      Self.mount(
        "/dev/pts", "devpts", "devpts",
        ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"] + (isRootless ? [] : ["gid=5"])),
      Self.mount("/dev/shm", "tmpfs", "shm", ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]),
      Self.mount("/dev/mqueue", "mqueue", "mqueue", ["nosuid", "noexec", "nodev"]),
      // Without a network namespace of its own, a user namespace may not mount it.
      isRootless && sharesNetwork
        ? Self.mount("/sys", "none", "/sys", ["rbind", "nosuid", "noexec", "nodev", "ro"])
        : Self.mount("/sys", "sysfs", "sysfs", ["nosuid", "noexec", "nodev", "ro"]),
    ]
    mounts += files.map { Self.mount($0, "bind", $0, ["bind", "ro", "nosuid", "nodev", "noexec"]) }
    for place in placed {
      mounts.append(Self.mount(place.path, "bind", source(place.volume), Self.options(place)))
    }
    return .array(mounts)
  }

  private static func options(_ place: Placed) -> [String] {
    guard case .host(_, let isRecursive) = place.volume.kind else { return ["bind", place.isReadOnly ? "ro" : "rw"] }
    guard place.isReadOnly else { return [isRecursive ? "rbind" : "bind", "rw", "rprivate"] }
    // What is mounted below a read-only directory would stay writable with 'ro'.
    return isRecursive ? ["rbind", "rro", "rprivate"] : ["bind", "ro", "rprivate"]
  }

  private static func mount(_ path: String, _ type: String, _ source: String, _ options: [String]) -> JSON {
    ["destination": JSON(path), "type": JSON(type), "source": JSON(source), "options": JSON(options)]
  }
}
