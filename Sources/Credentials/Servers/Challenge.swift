internal import TrustModel

/// How a server wants to know who asks (`WWW-Authenticate`).
///
/// Source: RFC 9110, section 11.6.1; reference/docker-content-trust.md, section 4, "Auth".
enum Challenge: Equatable {
  /// A name and a password with each request.
  case basic
  /// A token from the server at `realm`; what for, is never the server's to say.
  case bearer(realm: String, service: String?)

  /// The first of several header lines that can be met.
  init?(_ lines: [String]) {
    for line in lines {
      let words = line.split(separator: " ", maxSplits: 1)
      switch words.first?.lowercased() {
      case "basic":
        self = .basic
        return
      case "bearer":
        let parameters = Self.parameters(words.count > 1 ? words[1] : "")
        guard let realm = parameters["realm"] else { continue }
        self = .bearer(realm: realm, service: parameters["service"])
        return
      default: continue
      }
    }
    return nil
  }

  /// `name="value"` by name, separated by commas; what is no such pair is passed over.
  private static func parameters(_ text: Substring) -> [String: String] {
    var parameters: [String: String] = [:]
    var rest = text[...]
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].trimmed { $0 == " " || $0 == "," }.lowercased()
      rest = rest[rest.index(after: equals)...]
      let value: Substring
      if rest.first == "\"" {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: "\"") else { break }
        value = rest[..<end]
        rest = rest[rest.index(after: end)...]
      } else {
        value = rest.prefix { $0 != "," }
        rest = rest.dropFirst(value.count)
      }
      if parameters[name] == nil { parameters[name] = String(value) }
    }
    return parameters
  }
}

extension Substring {
  fileprivate func trimmed(_ isSpace: (Character) -> Bool) -> Substring {
    let start = drop(while: isSpace)
    let end = start.lastIndex { !isSpace($0) }
    return end.map { start[...$0] } ?? start[start.startIndex..<start.startIndex]
  }
}
