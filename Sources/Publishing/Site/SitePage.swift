internal import Discovery
internal import OpenPGP
internal import TrustModel

/// The page that discovery asks for, which people can read as well.
struct SitePage {
  let list: SiteList
  let base: String
  let keys: [Certificate]

  /// What tells a page of ours from others.
  static let mark = "<meta name=\"generator\" content=\"keyreeve\">"

  var octets: [UInt8] {
    let name = Self.escaped(list.name.description)
    let template = Self.escaped(SiteLayout.template(below: base))
    let keysAddress = Self.escaped("\(base)/\(SiteLayout.keys)")
    let lines =
      [
        "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">", Self.mark,
        "<title>Images of \(name)</title>", "<meta name=\"ac-discovery\" content=\"\(name) \(template)\">",
        "<meta name=\"ac-discovery-pubkeys\" content=\"\(name) \(keysAddress)\">", "</head>", "<body>",
        "<h1>Images of \(name)</h1>", "<table>",
        "<tr><th>Name</th><th>Version</th><th>System</th><th>Image</th><th>Signature</th></tr>",
      ] + rows + ["</table>", "<h2>Keys</h2>", "<ul>"] + keyLines
      + ["</ul>", "<p><a href=\"\(keysAddress)\">Public keys</a></p>", "</body>", "</html>", ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  private var rows: [String] {
    list.images.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }.map { image in
      let address = Self.escaped("\(base)/\(image.file)")
      let cells = [
        image.name.description, image.labels["version"] ?? "",
        "\(image.labels["os"] ?? "")/\(image.labels["arch"] ?? "")",
      ]
      return "<tr>" + cells.map { "<td>\(Self.escaped($0))</td>" }.joined()
        + "<td><a href=\"\(address)\">aci</a></td><td><a href=\"\(address).asc\">asc</a></td></tr>"
    }
  }

  private var keyLines: [String] {
    keys.map { key in
      let who = key.userIDs.first.map { " " + Self.escaped($0.visible.description) } ?? ""
      return "<li><code>\(key.fingerprint)</code>\(who)</li>"
    }
  }

  /// Text that is neither markup nor the end of an attribute.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
