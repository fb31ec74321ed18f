/// How much configuration is read: the only place where these limits are set.
public enum ConfigurationLimits {
  /// Files of one directory.
  public static let files = 64
  /// Octets of one file.
  public static let fileOctets = 64 * 1024
  /// Octets of one line.
  public static let lineOctets = 16 * 1024
  /// Values in one file.
  public static let values = 1024
  /// Octets of the name of a command or of a role.
  public static let nameOctets = 40
  /// Octets of what the terminal interface is told: keys, a colour, a theme, columns.
  public static let wordOctets = 200
}
