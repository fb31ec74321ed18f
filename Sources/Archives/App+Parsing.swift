import StrictJSON
import TrustModel

extension ImageManifest.App {
  /// The specification's example spells it with small letters, and so do manifests that were made after it.
  private static let exampleGIDs = "supplementaryGids"

  private static let fields = [
    "exec", "user", "group", "eventHandlers", "workingDirectory", "environment", "mountPoints", "ports", "isolators",
    "userAnnotations", "userLabels",
  ]

  init(_ json: JSON) throws(ArchiveError) {
    let spelling = json[JSONString(Self.exampleGIDs)] == nil ? "supplementaryGIDs" : Self.exampleGIDs
    let object = try ManifestObject(json, at: "app", known: Self.fields + [spelling])
    exec = try object.texts("exec")
    user = try object.requiredText("user")
    group = try object.requiredText("group")
    workingDirectory = try object.text("workingDirectory").flatMap { $0.isEmpty ? nil : $0 } ?? "/"
    guard workingDirectory.hasPrefix("/") else { throw object.malformed("workingDirectory is not an absolute path") }
    supplementaryGIDs = try Self.groups(of: object, spelling)
    eventHandlers = try Self.eventHandlers(of: object)
    environment = try Self.environment(of: object)
    mountPoints = try Self.mountPoints(of: object)
    ports = try Self.ports(of: object)
    isolators = try Self.isolators(of: object)
    userAnnotations = try Self.texts("userAnnotations", of: object)
    userLabels = try Self.texts("userLabels", of: object)
  }

  private static func groups(of object: ManifestObject, _ name: String) throws(ArchiveError) -> [UInt32] {
    var groups: [UInt32] = []
    for (value, place) in try object.list(name) {
      groups.append(UInt32(try ManifestObject.integer(value, in: 0...Int64(UInt32.max), at: place)))
    }
    return groups
  }

  private static func eventHandlers(of object: ManifestObject) throws(ArchiveError) -> [EventHandler] {
    var handlers: [EventHandler] = []
    for handler in try object.objects("eventHandlers", known: ["name", "exec"]) {
      let name = try handler.requiredText("name")
      guard name == "pre-start" || name == "post-stop" else {
        throw handler.malformed("name '\(VisibleText(name, limit: 80))' is neither pre-start nor post-stop")
      }
      guard !handlers.contains(where: { $0.name == name }) else { throw handler.malformed("'\(name)' is given twice") }
      handlers.append(EventHandler(name: name, exec: try handler.texts("exec")))
    }
    return handlers
  }

  private static func environment(of object: ManifestObject) throws(ArchiveError) -> [ImageManifest.NamedText] {
    var environment: [ImageManifest.NamedText] = []
    var names: Set<String> = []
    for variable in try object.objects("environment", known: ["name", "value"]) {
      let name = try variable.requiredText("name")
      guard ManifestRules.isVariableName(name) else {
        throw variable.malformed("'\(VisibleText(name, limit: 80))' is not the name of an environment variable")
      }
      guard names.insert(name).inserted else { throw variable.malformed("the variable '\(name)' is given twice") }
      environment.append(ImageManifest.NamedText(name: name, value: try variable.text("value") ?? ""))
    }
    return environment
  }

  private static func mountPoints(of object: ManifestObject) throws(ArchiveError) -> [MountPoint] {
    var points: [MountPoint] = []
    for point in try object.objects("mountPoints", known: ["name", "path", "readOnly"]) {
      let name = try point.requiredText("name")
      try ManifestRules.checkName(name, in: point)
      points.append(
        MountPoint(name: name, path: try point.requiredText("path"), isReadOnly: try point.boolean("readOnly")))
    }
    return points
  }

  private static func ports(of object: ManifestObject) throws(ArchiveError) -> [Port] {
    var ports: [Port] = []
    for port in try object.objects("ports", known: ["name", "protocol", "port", "count", "socketActivated"]) {
      let name = try port.requiredText("name")
      try ManifestRules.checkName(name, in: port)
      guard let first = try port.integer("port", in: 1...65_535) else { throw port.malformed("'port' is missing") }
      // Zero stands for one, as the specification's own programs have it.
      let count = max(1, try port.integer("count", in: 0...65_535) ?? 1)
      guard first + count <= 65_536 else { throw port.malformed("the range of ports goes beyond 65535") }
      ports.append(
        Port(
          name: name, protocol: try port.requiredText("protocol"), port: Int(first), count: Int(count),
          isSocketActivated: try port.boolean("socketActivated")))
    }
    return ports
  }

  private static func isolators(of object: ManifestObject) throws(ArchiveError) -> [Isolator] {
    var isolators: [Isolator] = []
    for isolator in try object.objects("isolators", known: ["name", "value"]) {
      let name = try isolator.requiredText("name")
      try ManifestRules.checkIdentifier(name, "isolator name", in: isolator)
      guard let value = isolator.value("value") else { throw isolator.malformed("'value' is missing") }
      isolators.append(Isolator(name: name, value: value))
    }
    return isolators
  }

  /// A map from any text to text.
  private static func texts(_ name: String, of object: ManifestObject) throws(ArchiveError) -> [ImageManifest.NamedText]
  {
    guard let value = object.value(name) else { return [] }
    guard let members = value.members else { throw object.malformed("'\(name)' is not an object") }
    var texts: [ImageManifest.NamedText] = []
    for member in members {
      texts.append(
        ImageManifest.NamedText(
          name: member.name.text, value: try ManifestObject.text(member.value, at: object.placeOf(name))))
    }
    return texts
  }
}
