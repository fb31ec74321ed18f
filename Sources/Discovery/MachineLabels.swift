public import TrustModel

/// The labels of the machine that this program was built for, in the words of appc.
///
/// Source: appc image specification, "labels".
public enum MachineLabels {
  /// Operating system and architecture.
  public static let current: Labels = {
    var labels = Labels()
    // Constant words of the grammar: they cannot be refused.
    try? labels.add("os", "linux")
    try? labels.add("arch", architecture)
    return labels
  }()

  private static var architecture: String {
    #if arch(x86_64)
      "amd64"
    #elseif arch(i386)
      "i386"
    #elseif arch(arm64)
      "aarch64"
    #elseif arch(arm)
      "armv7l"
    #elseif arch(powerpc64le)
      "ppc64le"
    #elseif arch(s390x)
      "s390x"
    #else
      "unknown"
    #endif
  }
}
