/// What a file that says how images are built or started may hold; what goes beyond is refused.
///
/// Far above what real files need.
public enum BuildFileLimits {
  /// Octets of a Dockerfile, a compose file, and a file of variables beside one: 1 MiB.
  public static let octets = 1 << 20
  /// Instructions of a Dockerfile: 10,000.
  public static let instructions = 10_000
  /// Stages of a Dockerfile: 500.
  public static let stages = 500
  /// Images, stages and contexts that a file names: 10,000.
  public static let mentions = 10_000
  /// Variables that a Dockerfile declares before its first stage, or that a file of variables sets: 1000.
  public static let variables = 1000
  /// Octets of a word once its variables are put in: 4096.
  public static let word = 4096
  /// Octets of a text of a compose file or a variable beside it once its variables are put in: 64 KiB.
  public static let text = 1 << 16
  /// How deep variables stand in each other's defaults: 16.
  public static let expansionDepth = 16
  /// Mappings and lists of a compose file inside of each other: 64.
  public static let nesting = 64
  /// Values of a compose file, those behind an alias counted each time: 100,000.
  public static let values = 100_000
  /// Files that one compose file includes or extends, itself among them: 32.
  public static let files = 32
  /// Services of a compose file, with those that it includes: 1000.
  public static let services = 1000
  /// Dockerfiles that a compose file builds from: 100.
  public static let builds = 100
  /// Services that one service stands on, by `extends`: 16.
  public static let extensions = 16
}
