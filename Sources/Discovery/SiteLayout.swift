public import TrustModel

/// Where things lie in a site that is published: what writes it and what checks it agree here.
///
/// The page of a name lies at its path below the host; images lie below `images`, by name, version, system and
/// architecture, so that no two images share a file and `latest` is one link.
public enum SiteLayout {
  /// The page of a folder, as web servers have it.
  public static let page = "index.html"
  /// The list of a page's images, beside it.
  public static let list = "images.json"
  /// The public keys of all signers.
  public static let keys = "pubkeys.gpg"
  /// The folder of the images.
  public static let images = "images"
  /// The version that stands for none.
  public static let latest = "latest"
  /// The labels that lead to an image.
  public static let labels = ["version", "os", "arch"]

  /// The template of a site whose files lie below `base`, an address without `/` at its end.
  public static func template(below base: String) -> String {
    "\(base)/\(images)/{name}/{version}/{os}-{arch}.{ext}"
  }

  /// The folders that a name's page lies in: its components without the host.
  public static func pageFolders(of name: Prefix) -> [String] { name.components.dropFirst().map(String.init) }

  /// The folders and the file of an image; the first thing that is wrong with its labels where it has no place.
  public static func place(of name: ImageName, _ labels: Labels) -> Result<(folders: [String], file: String), Missing> {
    var values: [String] = []
    for label in Self.labels {
      guard let value = labels[label] else { return .failure(Missing(reason: "it has no label '\(label)'")) }
      guard isSafe(value) else {
        return .failure(
          Missing(
            reason:
              "its label '\(label)' has characters that are no part of a file's name: \(VisibleText(value, limit: 80))")
        )
      }
      values.append(value)
    }
    let folders = [images] + name.components.map(String.init) + [values[0]]
    return .success((folders, "\(values[1])-\(values[2]).aci"))
  }

  /// Why an image has no place.
  public struct Missing: Error {
    /// A few words about it.
    public let reason: String
  }

  /// Letters, digits and `. _ + ~ -`, which no address and no file system takes for something else.
  private static func isSafe(_ value: String) -> Bool {
    value.utf8.first != UInt8(ascii: ".")
      && value.utf8.allSatisfy { octet in
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"),
          UInt8(ascii: "~"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
