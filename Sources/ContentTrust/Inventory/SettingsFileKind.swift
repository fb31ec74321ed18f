/// What kind of file may set or use content trust, by its name and place.
public enum SettingsFileKind: String, Sendable, CaseIterable {
  /// What an image is built by.
  case dockerfile
  /// What services are composed by.
  case compose
  /// A unit of systemd, or a part of one.
  case unit
  /// A shell script, or a file that shells read when they start.
  case script
  /// What a build server does.
  case pipeline
  /// Variables, one a line.
  case environment

  /// The kind of a file; nil for any other.
  ///
  /// An executable file whose name has no ending may be a script: what is in it decides.
  public init?(_ name: String, in parents: [String], executable: Bool) {
    let lower = name.lowercased()
    func ends(_ endings: String...) -> Bool { endings.contains { lower.hasSuffix($0) } }
    func begins(_ beginnings: String...) -> Bool { beginnings.contains { lower.hasPrefix($0) } }
    let isYAML = ends(".yml", ".yaml")
    if begins("dockerfile", "containerfile") || ends(".dockerfile", ".containerfile") {
      self = .dockerfile
    } else if isYAML, begins("docker-compose", "compose", "stack") {
      self = .compose
    } else if isYAML || begins("jenkinsfile", "makefile") || ends(".mk", ".jenkinsfile", ".groovy") {
      self = .pipeline
    } else if ends(".service", ".timer", ".socket") || ends(".conf") && parents.last?.hasSuffix(".d") == true {
      self = .unit
    } else if begins(".env") || ends(".env") || lower == "environment" {
      self = .environment
    } else if ends(".sh", ".bash", ".zsh", ".ksh") || begins(".bash", ".zsh", ".profile") || lower == "profile"
      || executable && !lower.contains(".")
    {
      self = .script
    } else {
      return nil
    }
  }
}
