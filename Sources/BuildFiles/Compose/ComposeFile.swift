/// A compose file, read for the images that its services are started from or built on.
///
/// Source: the compose specification: services, build, extends, include, interpolation.
public struct ComposeFile {
  /// Every image, in the order of the services.
  public let images: [ComposeImage]
  /// What was not looked at.
  public let gaps: [ComposeGap]

  /// Reads a file, and what it includes and builds from below its own folder.
  ///
  /// - Throws: `BuildFileError` where the file itself cannot be read; what is wrong in another one is a gap.
  public init(_ octets: [UInt8], _ settings: ComposeSettings) throws(BuildFileError) {
    let settings = try Self.withVariables(settings)
    var project = ComposeProject(settings)
    try project.add(octets, file: nil)
    var images: [ComposeImage] = []
    var builds = 0
    for service in project.services {
      if let build = service.value["build"], !build.isNull { builds += 1 }
      guard builds <= BuildFileLimits.builds else {
        throw BuildFileError(line: service.value.line, "more than \(BuildFileLimits.builds) services are built")
      }
      var reader = ServiceReader(service, settings)
      try reader.read()
      images += reader.images
      guard images.count <= BuildFileLimits.mentions else {
        throw BuildFileError(line: service.value.line, "more than \(BuildFileLimits.mentions) images are named")
      }
      project.gaps += reader.gaps
    }
    (self.images, gaps) = (images, project.gaps)
  }

  /// The settings with the variables of the file beside it.
  private static func withVariables(_ settings: ComposeSettings) throws(BuildFileError) -> ComposeSettings {
    var settings = settings
    switch settings.read(".env") {
    case .octets(let variables):
      do throws(BuildFileError) {
        let file = try VariableFile(variables, behind: settings.environment)
        settings.environment = { file.value(of: $0) }
      } catch {
        throw BuildFileError(".env: \(error)")
      }
    case .absent: break
    case .refused(let cause): throw BuildFileError(".env: \(cause)")
    }
    return settings
  }

  /// Whether octets are those of a compose file rather than a Dockerfile, by what is in them.
  public static func isLikely(_ octets: [UInt8]) -> Bool {
    guard let root = try? YAMLDocument(octets).root else { return false }
    return root["services"] != nil || root["include"] != nil
  }
}
