internal import StrictJSON

/// A place in a file that sets or uses content trust.
///
/// Nothing of a line is kept but the name that was found; a value only of the variables that hold no secret.
public struct TrustMention: Sendable, Hashable {
  /// The line, from 1.
  public let line: Int
  /// The variable, option, command or host: `DOCKER_CONTENT_TRUST`, `docker trust`, `notary`.
  public let name: String
  /// What `DOCKER_CONTENT_TRUST` or the server's variable is set to, without credentials.
  public let value: String?

  /// The most mentions that are taken of one file.
  public static let limit = 1_000
  /// Characters of a value.
  static let valueLimit = 200

  /// Every mention in the octets of a file, by line; lines that are remarks are passed over.
  ///
  /// - Parameter isScript: whether the file is one only if it begins as scripts do.
  public static func all(in octets: [UInt8], isScript: Bool = false) -> [TrustMention] {
    if isScript, !octets.starts(with: Array("#!".utf8)) { return [] }
    var mentions: [TrustMention] = []
    for (number, line) in octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard mentions.count < limit else { break }
      guard holdsWord(line) else { continue }
      let words = Words(line)
      guard !words.isRemark else { continue }
      mentions += words.found.map { TrustMention(line: number + 1, name: $0.name, value: $0.value) }
    }
    return Array(mentions.prefix(limit))
  }

  /// Most lines hold none of these, and are not looked at any closer.
  private static func holdsWord(_ line: ArraySlice<UInt8>) -> Bool {
    for index in line.indices {
      let rest = line[index...]
      switch line[index] {
      case UInt8(ascii: "t") where rest.starts(with: "trust".utf8): return true
      case UInt8(ascii: "T") where rest.starts(with: "TRUST".utf8): return true
      case UInt8(ascii: "n") where rest.starts(with: "notary".utf8): return true
      case UInt8(ascii: "N") where rest.starts(with: "NOTARY_".utf8): return true
      default: continue
      }
    }
    return false
  }
}

/// The words of a line, as shells, Dockerfiles, units and YAML part them.
private struct Words {
  private let words: [Substring]
  let isRemark: Bool

  private static let commands: Set<Substring> = [
    "init", "add", "addhash", "remove", "list", "lookup", "verify", "publish", "status", "reset", "witness", "delete",
    "key",
    "delegation",
  ]

  init(_ line: ArraySlice<UInt8>) {
    let text = String(decoding: line, as: UTF8.self)
    isRemark = text.first { $0 != " " && $0 != "\t" }.map { $0 == "#" || $0 == ";" } ?? true
    let parting = Set(" \t\r;|&()\"'`$,[]{}<>")
    words = text.split { parting.contains($0) }
  }

  var found: [(name: String, value: String?)] {
    var found: [(name: String, value: String?)] = []
    for (index, word) in words.enumerated() {
      let next = words.dropFirst(index + 1)
      if let variable = Self.variable(word, next.first) {
        found.append(variable)
      } else if word.hasPrefix("--disable-content-trust") {
        found.append(("--disable-content-trust", nil))
      } else if word == "docker" || word.hasSuffix("/docker"), next.prefix(6).contains("trust") {
        found.append(("docker trust", nil))
      } else if word == "notary" || word.hasSuffix("/notary"), next.prefix(12).contains(where: Self.commands.contains) {
        found.append(("notary", nil))
      } else if word.contains("notary.docker.io") {
        found.append(("notary.docker.io", nil))
      }
    }
    return found
  }

  /// A variable with what it is set to: `NAME=VALUE`, `NAME: VALUE`, and `NAME VALUE` as in old Dockerfiles.
  private static func variable(_ word: Substring, _ next: Substring?) -> (name: String, value: String?)? {
    let name = word.prefix { $0.isASCII && ($0.isUppercase || $0 == "_") }
    guard TrustVariable.isKnown(name) else { return nil }
    guard TrustVariable.isPublic(name) else { return (String(name), nil) }
    var rest = word.dropFirst(name.count)
    if rest.isEmpty || rest == "=" || rest == ":" { rest = next ?? "" } else { rest = rest.dropFirst() }
    return (String(name), rest.isEmpty ? nil : TrustVariable.shown(rest))
  }
}
