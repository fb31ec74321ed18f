import StrictJSON
import TrustModel

extension ImageManifest {
  /// Reads a manifest.
  ///
  /// - Throws: `ArchiveError.malformed` with the field and the rule it breaks, or `.limit` for one over
  ///   `ArchiveLimits.manifest`.
  public static func parse(
    _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()
  ) throws(ArchiveError) -> ImageManifest {
    guard bytes.count <= limits.manifest else {
      throw .limit("the manifest is \(bytes.count) octets long; \(limits.manifest) are allowed")
    }
    return try ImageManifest(try json(bytes, limits: limits))
  }

  /// The document, of which nothing is known yet.
  static func json(_ bytes: [UInt8], limits: ArchiveLimits) throws(ArchiveError) -> JSON {
    do {
      // Isolators and fields of others may hold any number; the known fields take integers alone.
      return try JSON.parse(bytes, limits: JSONLimits(octets: limits.manifest, numbers: .anyNumber))
    } catch {
      throw ManifestObject.malformed("\(error)")
    }
  }

  init(_ json: JSON) throws(ArchiveError) { try self.init(ManifestObject(json, at: "", known: Self.fields)) }

  static let fields = [
    "acKind", "acVersion", "name", "labels", "app", "annotations", "dependencies", "pathWhitelist",
  ]

  private init(_ object: ManifestObject) throws(ArchiveError) {
    guard try object.text("acKind") == "ImageManifest" else { throw object.malformed("acKind is not ImageManifest") }
    acVersion = try object.requiredText("acVersion")
    guard ManifestRules.isSemanticVersion(acVersion) else {
      throw object.malformed("acVersion '\(VisibleText(acVersion, limit: 80))' is not a semantic version")
    }
    name = try Self.imageName(object.requiredText("name"), in: object)
    labels = try Self.labels(of: object)
    try ManifestRules.checkPlatform(labels, in: object)
    annotations = try Self.annotations(of: object)
    dependencies = try Self.dependencies(of: object)
    pathWhitelist = try object.texts("pathWhitelist")
    app = try object.value("app").map { (json) throws(ArchiveError) in try App(json) }
  }

  private static func imageName(_ text: String, in object: ManifestObject) throws(ArchiveError) -> ImageName {
    do {
      return try ImageName(text)
    } catch {
      throw object.malformed("\(error)")
    }
  }

  private static func labels(of object: ManifestObject) throws(ArchiveError) -> Labels {
    var labels = Labels()
    for label in try object.objects("labels", known: ["name", "value"]) {
      let name = try label.requiredText("name")
      let value = try label.text("value") ?? ""
      do {
        try labels.add(name, value)
      } catch {
        throw label.malformed("\(error)")
      }
    }
    return labels
  }

  private static func annotations(of object: ManifestObject) throws(ArchiveError) -> [NamedText] {
    var annotations: [NamedText] = []
    var names: Set<String> = []
    for annotation in try object.objects("annotations", known: ["name", "value"]) {
      let name = try annotation.requiredText("name")
      let value = try annotation.text("value") ?? ""
      try ManifestRules.checkIdentifier(name, "annotation name", in: annotation)
      guard names.insert(name).inserted else { throw annotation.malformed("the annotation '\(name)' is given twice") }
      switch name {
      case "created" where Timestamp(rfc3339: value) == nil:
        throw annotation.malformed("created '\(VisibleText(value, limit: 80))' is not a time of RFC 3339")
      case "homepage" where !ManifestRules.isWebAddress(value),
        "documentation" where !ManifestRules.isWebAddress(value):
        throw annotation.malformed("\(name) '\(VisibleText(value, limit: 80))' is not an http(s) address")
      default: annotations.append(NamedText(name: name, value: value))
      }
    }
    return annotations
  }

  private static func dependencies(of object: ManifestObject) throws(ArchiveError) -> [Dependency] {
    var dependencies: [Dependency] = []
    for dependency in try object.objects("dependencies", known: ["imageName", "imageID", "labels", "size"]) {
      let id = try dependency.text("imageID")
      if let id, !ManifestRules.isImageID(id) {
        throw dependency.malformed("imageID is not sha512- and 128 lower-case hexadecimal digits")
      }
      dependencies.append(
        Dependency(
          imageName: try imageName(dependency.requiredText("imageName"), in: dependency), imageID: id,
          labels: try labels(of: dependency),
          size: try dependency.integer("size", in: 0...JSONLimits.integerLimit)))
    }
    return dependencies
  }
}
