internal import StrictJSON
public import TrustModel

/// What an image's configuration says of its layers and its platform; what it says of running is read where it is run.
public struct ContainerConfiguration: Sendable {
  /// The digests of the layers without compression, the lowest first.
  public let layers: [ManifestDigest]
  /// For which system it is; nil where it does not say so.
  public let platform: ImagePlatform?

  /// Reads a configuration for a manifest with so many layers.
  public init(_ octets: [UInt8], layerCount: Int) throws(RegistryError) {
    let document = try StrictDocument(
      octets, "the configuration", limit: RegistryLimits.configurationOctets, numbers: .anyNumber)
    try document.check(["rootfs", "os", "architecture", "variant", "config", "history", "created"])
    try Self.checkProgram(document.json["config"])
    guard let rootfs = document.json["rootfs"] else { throw .malformed("the configuration has no rootfs") }
    let files = try StrictDocument(rootfs, "the configuration's rootfs")
    try files.check(["type", "diff_ids"])
    guard try files.text("type") == "layers" else { throw .malformed("the configuration's rootfs is not of layers") }
    let list = try files.list("diff_ids", limit: RegistryLimits.layers) ?? []
    guard list.count == layerCount else {
      throw .malformed("the configuration names \(list.count) layers and the manifest \(layerCount)")
    }
    var layers: [ManifestDigest] = []
    for (index, json) in list.enumerated() {
      guard let text = json.string?.text else {
        throw .malformed("layer \(index + 1) of the configuration is no digest")
      }
      do throws(NameError) {
        layers.append(try ManifestDigest(text))
      } catch {
        throw .malformed("layer \(index + 1) of the configuration: \(error)")
      }
    }
    self.layers = layers
    if let system = try document.text("os"), let architecture = try document.text("architecture") {
      platform = ImagePlatform(system, architecture, try document.text("variant"))
    } else {
      platform = nil
    }
  }

  /// Refuses a program that docker's reader takes for another one.
  private static func checkProgram(_ config: JSON?) throws(RegistryError) {
    guard let config, config != .null else { return }
    try StrictDocument(config, "the configuration's config").check([
      "User", "Env", "Entrypoint", "Cmd", "WorkingDir", "Volumes", "ExposedPorts", "Labels", "StopSignal",
    ])
  }
}
