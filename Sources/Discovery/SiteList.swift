internal import StrictJSON
public import TrustModel

/// The images of a page, as the site itself lists them beside it: for the next publication, and for checks.
///
/// Clients of appc do not read it, and nothing is trusted for standing in it.
public struct SiteList: Sendable, Equatable {
  /// One image.
  public struct Image: Sendable, Equatable {
    /// Its name.
    public let name: ImageName
    /// Its labels.
    public let labels: Labels
    /// Its file, from the folder of the site.
    public let file: String
    /// Octets of the file.
    public let size: Int64
    /// The image id.
    public let id: ImageID

    /// An image.
    public init(name: ImageName, labels: Labels, file: String, size: Int64, id: ImageID) {
      (self.name, self.labels, self.file, self.size, self.id) = (name, labels, file, size, id)
    }
  }

  /// The names that it is about.
  public let name: Prefix
  /// Its images, by file.
  public var images: [Image]

  /// Octets of a list.
  public static let octetLimit = 8 << 20
  /// Images of a list.
  public static let imageLimit = 10_000
  static let schema = "keyreeve.site/1"

  /// A list.
  public init(_ name: Prefix, _ images: [Image] = []) { (self.name, self.images) = (name, images) }

  /// Reads a list; nil for what is none.
  public init?(_ octets: [UInt8]) {
    guard octets.count <= Self.octetLimit, let json = try? JSON.parse(octets),
      json["schema"]?.string?.text == Self.schema, let name = json["name"]?.string.flatMap({ try? Prefix($0.text) }),
      let rows = json["images"]?.array, rows.count <= Self.imageLimit
    else { return nil }
    self.name = name
    images = []
    for row in rows {
      guard let image = Image(row) else { return nil }
      images.append(image)
    }
  }

  /// The document: the same images make the same octets.
  public var octets: [UInt8] {
    let rows = images.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }.map(\.document)
    let document: JSON = [
      "schema": JSON(Self.schema), "name": JSON(name.description), "images": .array(rows),
    ]
    return document.encoded(pretty: true) + [UInt8(ascii: "\n")]
  }
}

extension SiteList.Image {
  fileprivate init?(_ json: JSON) {
    guard let name = json["name"]?.string.flatMap({ try? ImageName($0.text) }), let file = json["file"]?.string?.text,
      let size = json["size"]?.integer, size >= 0, let id = json["id"]?.string.flatMap({ ImageID($0.text) }),
      let members = json["labels"]?.members
    else { return nil }
    var labels = Labels()
    for member in members {
      guard let value = member.value.string?.text, (try? labels.add(member.name.text, value)) != nil else { return nil }
    }
    // Nothing outside of the site: what stands here is opened below its folder.
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else { return nil }
    self.init(name: name, labels: labels, file: file, size: size, id: id)
  }

  fileprivate var document: JSON {
    [
      "name": JSON(name.description), "file": JSON(file), "size": JSON(size), "id": JSON(id.description),
      "labels": .object(labels.pairs.map { .init(JSONString($0.name), JSON($0.value)) }),
    ]
  }
}
