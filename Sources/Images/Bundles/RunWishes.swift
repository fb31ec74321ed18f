/// How a person wants an image to be run, beyond what its manifest says.
public struct RunWishes: Sendable {
  /// Words behind those of the manifest, or behind `program`.
  public var arguments: [String] = []
  /// The program, in place of the manifest's and its arguments.
  public var program: String?
  /// Volumes.
  public var volumes: [Volume] = []
  /// Volumes that are mounted where the image has no mount point.
  public var mounts: [VolumeMount] = []
  /// Variables, over the manifest's.
  public var environment: [(name: String, value: String)] = []
  /// The user, in place of the manifest's: a name, a number, or a path whose owner is meant.
  public var user: String?
  /// The group, in the same way.
  public var group: String?
  /// The directory that it starts in, an absolute path, in place of the manifest's.
  public var directory: String?
  /// The name of the machine that the program sees.
  public var hostname: String?
  /// The most memory, in place of the manifest's.
  public var memory: Quantity?
  /// The most processor time, in place of the manifest's.
  public var processor: Quantity?
  /// Whether it shares the machine's network; else it has none.
  public var sharesNetwork = false
  /// Whether its root file system is not to be written.
  public var isReadOnly = false
  /// Whether it has a terminal.
  public var hasTerminal = false

  /// Nothing beyond the manifest.
  public init() {}
}
