internal import Archives
internal import Discovery
internal import StrictJSON
internal import TrustModel

/// The manifest of an image in the words of an OCI image configuration, and what of it has no words there.
///
/// Source: OCI image specification, "image configuration" and "annotations"; appc image specification, "image manifest schema".
struct LayoutConfiguration {
  private let manifest: ImageManifest
  /// What cannot be carried over, one sentence each.
  let losses: [String]

  init(_ manifest: ImageManifest) {
    self.manifest = manifest
    var losses = manifest.app.map { Self.losses($0) } ?? ["the image has no program: only other images stand on it"]
    if manifest.labels["arch"] == nil {
      losses.append("the image names no architecture, and OCI asks for one: \(Self.machine) was written")
    }
    if !manifest.pathWhitelist.isEmpty { losses.append("pathWhitelist: every path of the image remains") }
    self.losses = losses
  }

  private static func losses(_ app: ImageManifest.App) -> [String] {
    var losses = app.isolators.map { "isolator \(VisibleText($0.name, limit: 80))" }
    losses += app.eventHandlers.map { "event handler \($0.name)" }
    if !app.supplementaryGIDs.isEmpty { losses.append("supplementaryGIDs") }
    losses += app.mountPoints.map { point in
      "the name of mount point \(VisibleText(point.name, limit: 80))"
        + (point.isReadOnly ? ", and that it is read-only" : "")
    }
    losses += app.ports.map { port in
      "the name of port \(VisibleText(port.name, limit: 80))"
        + (port.isSocketActivated ? ", and that it is opened beforehand" : "")
    }
    if app.user.hasPrefix("/") || app.group.hasPrefix("/") {
      losses.append("user and group, which are those of a file: the image runs as root")
    }
    return losses
  }

  /// The configuration over layers with these digests of their archives.
  func document(layers: [String]) -> JSON {
    var members: [JSON.Member] = []
    if let created = annotation("created") { members.append(.init("created", JSON(created))) }
    let (architecture, variant) = platform
    members += [.init("architecture", JSON(architecture)), .init("os", JSON(manifest.labels["os"] ?? "linux"))]
    if let variant { members.append(.init("variant", JSON(variant))) }
    members += [
      .init("config", config),
      .init("rootfs", ["type": "layers", "diff_ids": JSON(layers.map { "sha256:" + $0 })]),
    ]
    return .object(members)
  }

  private var config: JSON {
    var members: [JSON.Member] = []
    if let app = manifest.app {
      if !app.user.hasPrefix("/"), !app.group.hasPrefix("/") {
        members.append(.init("User", JSON("\(app.user):\(app.group)")))
      }
      let ports = app.ports.flatMap { port in (port.port..<port.port + port.count).map { "\($0)/\(port.protocol)" } }
      if !ports.isEmpty { members.append(.init("ExposedPorts", Self.set(ports))) }
      if !app.environment.isEmpty {
        members.append(.init("Env", JSON(app.environment.map { "\($0.name)=\($0.value)" })))
      }
      if !app.exec.isEmpty { members.append(.init("Entrypoint", JSON(app.exec))) }
      let places = app.mountPoints.map(\.path)
      if !places.isEmpty { members.append(.init("Volumes", Self.set(places))) }
      members.append(.init("WorkingDir", JSON(app.workingDirectory)))
    }
    let labels =
      manifest.labels.pairs.map { ($0.name, $0.value) } + (manifest.app?.userLabels ?? []).map { ($0.name, $0.value) }
    if !labels.isEmpty { members.append(.init("Labels", Self.map(labels))) }
    return .object(members)
  }

  /// The architecture in the words of Go, and its variant.
  var platform: (architecture: String, variant: String?) {
    switch manifest.labels["arch"] ?? Self.machine {
    case "i386": ("386", nil)
    case "aarch64": ("arm64", nil)
    case "armv6l": ("arm", "v6")
    case "armv7l": ("arm", "v7")
    case let other: (other, nil)
    }
  }

  /// The platform, as an index names it.
  var platformDocument: JSON {
    let (architecture, variant) = platform
    var members: [JSON.Member] = [
      .init("architecture", JSON(architecture)), .init("os", JSON(manifest.labels["os"] ?? "linux")),
    ]
    if let variant { members.append(.init("variant", JSON(variant))) }
    return .object(members)
  }

  private static var machine: String { MachineLabels.current["arch"] ?? "amd64" }

  /// What its makers say of the image, in OCI's names.
  var annotations: [(String, String)] {
    let names = [
      ("created", "created"), ("authors", "authors"), ("homepage", "url"), ("documentation", "documentation"),
    ]
    let known = names.compactMap { name, other in
      annotation(name).map { ("org.opencontainers.image.\(other)", $0) }
    }
    let version = manifest.labels["version"].map { [("org.opencontainers.image.version", $0)] } ?? []
    return [("org.opencontainers.image.title", manifest.name.description)] + version + known
  }

  /// The tag that the image has in the layout: its version where that can be one.
  var tag: String {
    let version = manifest.labels["version"] ?? ""
    let isTag =
      (1...128).contains(version.utf8.count) && version.utf8.first.map { $0 != 0x2e && $0 != 0x2d } ?? false
      && version.utf8.allSatisfy { octet in
        (0x30...0x39).contains(octet) || (0x41...0x5a).contains(octet) || (0x61...0x7a).contains(octet)
          || octet == 0x2e || octet == 0x2d || octet == 0x5f
      }
    return isTag ? version : "latest"
  }

  private func annotation(_ name: String) -> String? { manifest.annotations.first { $0.name == name }?.value }

  /// Names that are members without a value, each once.
  private static func set(_ names: [String]) -> JSON { map(names.map { ($0, nil) }) }

  /// Members in their order; of those with the same name the first.
  static func map(_ pairs: [(String, String?)]) -> JSON {
    var members: [JSON.Member] = []
    for (name, value) in pairs where !members.contains(where: { $0.name == JSONString(name) }) {
      members.append(.init(JSONString(name), value.map { JSON($0) } ?? .object([])))
    }
    return .object(members)
  }
}
