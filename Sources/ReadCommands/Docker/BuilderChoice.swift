/// Which builder docker is told to take by its environment.
public enum BuilderChoice {
  /// The variable that says so.
  public static let variable = "DOCKER_BUILDKIT"

  /// Whether the builder of old is wished for.
  ///
  /// Source: Go's `strconv.ParseBool`.
  public static var isClassic: Bool {
    Environment[variable].map { ["0", "f", "F", "false", "FALSE", "False"].contains($0) } ?? false
  }
}
