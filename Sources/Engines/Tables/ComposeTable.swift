/// The options between `compose` and its command, and which of its commands fetch no image.
///
/// Source: `docker compose --help` of 2.36; `nerdctl compose` has some of them.
enum ComposeTable {
  static let global = OptionTable(
    flags: """
      --all-resources --compatibility --dry-run --verbose -v,--version
      """,
    values: """
      --ansi --env-file -f,--file --parallel --profile --progress --project-directory -p,--project-name --workdir
      """)

  private static let harmless: Set<String> = [
    "attach", "commit", "config", "convert", "cp", "down", "events", "exec", "export", "help", "images", "kill", "logs",
    "ls", "pause", "port", "ps", "restart", "rm", "start", "stats", "stop", "top", "unpause", "version", "volumes",
    "wait",
  ]

  /// Whether a command may fetch or build images; nil for none.
  static func fetches(_ command: String?) -> Bool { command.map { !harmless.contains($0) } ?? false }
}
