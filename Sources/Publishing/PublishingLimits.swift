/// How much of each thing is taken: the one place where the limits of this module are set.
public enum PublishingLimits {
  /// Octets of a batch file for a new key: 64 KiB.
  public static let batchFile = 64 << 10
  /// Keys that one batch file makes.
  public static let batchKeys = 16
  /// Octets of a name, comment or address in a user id.
  public static let userIDPart = 255
  /// Octets of a passphrase: what gpg takes.
  public static let passphrase = 255
  /// Octets that gpg may say.
  public static let gpgOutput = 4 << 20
  /// Seconds that gpg may take: people look for their passphrases, and large keys take long.
  public static let gpgSeconds = 900
  /// Octets of a manifest: what the reader of images takes.
  public static let manifest = 1 << 20
  /// How deep a root file system may be.
  public static let depth = 256
  /// How many things that cannot be packed are named at once.
  public static let obstacles = 20
  /// How often a site that another program publishes into is tried again, twenty times a second.
  public static let lockTries = 100
  /// Images of one site.
  public static let siteImages = 10_000
  /// Octets of a site's list of images.
  public static let siteList = 8 << 20
}
