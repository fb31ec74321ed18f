internal import Archives
internal import Glibc
internal import TrustModel

/// A first look at a root file system, before anything is written: all that cannot be packed is named at once.
struct RootSurvey {
  private(set) var obstacles: [String] = []
  private var obstacleCount = 0
  private(set) var entries = 0
  private let limits = ArchiveLimits()

  init(_ folder: CInt, packsDevices: Bool) throws(PublishingProblem) {
    var survey = (obstacles: [String](), count: 0, entries: 0, octets: UInt64(0))
    let limits = limits
    try RootWalk.run(in: folder) { (item) throws(PublishingProblem) in
      survey.entries += 1
      if item.kind == S_IFREG { survey.octets += UInt64(max(0, item.status.st_size)) }
      guard survey.entries < limits.entries, survey.octets <= limits.uncompressed else {
        throw PublishingProblem(
          .usage, "an image has at most \(limits.entries) entries and \(limits.uncompressed) octets: this is more")
      }
      guard let obstacle = Self.obstacle(item, packsDevices, limits) else { return }
      survey.count += 1
      if survey.obstacles.count < PublishingLimits.obstacles { survey.obstacles.append("\(item.shown) \(obstacle)") }
    }
    (obstacles, obstacleCount, entries) = (survey.obstacles, survey.count, survey.entries)
  }

  /// All obstacles in one message; nil where there are none.
  var refusal: PublishingProblem? {
    guard obstacleCount > 0 else { return nil }
    let more = obstacleCount - obstacles.count
    let rest = more > 0 ? "\n  and \(more) more" : ""
    return PublishingProblem(
      .usage, "the root file system cannot be packed:\n  " + obstacles.joined(separator: "\n  ") + rest)
  }

  private static func obstacle(_ item: RootWalk.Item, _ packsDevices: Bool, _ limits: ArchiveLimits) -> String? {
    if item.path.count > limits.path { return "is longer than \(limits.path) octets" }
    if item.path.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return "has control characters in its name" }
    switch item.kind {
    case S_IFSOCK: return "is a socket: no image holds any"
    case S_IFCHR where !packsDevices, S_IFBLK where !packsDevices: return "is a device: to pack devices, --devices"
    case S_IFDIR where item.path.count == 6, S_IFREG, S_IFLNK, S_IFIFO, S_IFCHR, S_IFBLK, S_IFDIR:
      return item.path.count == 6 && item.kind != S_IFDIR ? "is no directory" : nil
    default: return "is of a kind that no image holds"
    }
  }
}
