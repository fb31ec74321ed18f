internal import Crypto
internal import SignedMetadata
internal import TrustModel

/// Reads a paper copy that somebody has typed, and finds the lines with typing errors.
public enum PaperKeyReader {
  /// The longest text, in octets.
  public static let limit = 64 << 10

  /// What is wrong with a copy: a sentence for each line.
  public struct Failure: Error, Hashable, CustomStringConvertible {
    /// The sentences.
    public let problems: [String]
    /// All of them.
    public var description: String { problems.joined(separator: "; ") }
  }

  /// Reads a copy.
  ///
  /// - Throws: `Failure`, with every line that is wrong and not only the first.
  public static func read(_ octets: some Collection<UInt8>) throws(Failure) -> PaperKey {
    guard octets.count <= limit else { throw Failure(problems: ["it is longer than \(limit) octets"]) }
    var draft = Draft()
    let lines = octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      draft.take(line.split { [0x20, 0x09, 0x0d].contains($0) }, at: index + 1)
    }
    return try draft.finished()
  }

  private struct Draft {
    var hasTitle = false
    var values: [String: String] = [:]
    var data: [Int: [UInt8]] = [:]
    var wrong: Set<Int> = []
    var end: (count: Int, digest: [UInt8])?
    var problems: [String] = []

    mutating func take(_ words: [some Collection<UInt8>], at line: Int) {
      guard let first = words.first else { return }
      let name = String(decoding: first, as: UTF8.self).lowercased()
      if name == "keyreeve" {
        hasTitle =
          words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ").uppercased() == PaperKey.title
      } else if ["id", "role", "gun"].contains(name), words.count == 3 {
        header(name, String(decoding: words[1], as: UTF8.self), words[2])
      } else if name == "end", words.count > 2, let count = Int(String(decoding: words[1], as: UTF8.self)) {
        let digest = PaperDigits.decode(words.dropFirst(2).joined()) ?? []
        end = (count, digest)
      } else if let number = Int(name), (1...999).contains(number), words.count > 2 {
        piece(number, words)
      } else {
        problems.append("line \(line) of the text is none of a paper copy")
      }
    }

    private mutating func header(_ name: String, _ value: String, _ check: some Collection<UInt8>) {
      guard PaperDigits.isSame(PaperDigits.check(0, Array("\(name)=\(value)".utf8)), check) else {
        problems.append("the line '\(name)' has a typing error")
        return
      }
      values[name] = value
    }

    private mutating func piece(_ number: Int, _ words: [some Collection<UInt8>]) {
      let shown = number < 10 ? "0\(number)" : "\(number)"
      guard data[number] == nil, !wrong.contains(number) else {
        problems.append("line \(shown) is there twice")
        return
      }
      guard let octets = PaperDigits.decode(words.dropFirst().dropLast().joined()),
        PaperDigits.isSame(PaperDigits.check(number, octets), words[words.count - 1])
      else {
        wrong.insert(number)
        problems.append("line \(shown) has a typing error")
        return
      }
      data[number] = octets
    }

    func finished() throws(Failure) -> PaperKey {
      var problems = problems
      if !hasTitle { problems.insert("it does not begin with '\(PaperKey.title)'", at: 0) }
      if let end {
        problems += (1...max(1, min(end.count, 999))).filter { data[$0] == nil && !wrong.contains($0) }
          .map { "line \($0 < 10 ? "0" : "")\($0) is missing" }
      } else {
        problems.append("its last line, which begins with 'end', is missing")
      }
      guard let id = values["id"].flatMap({ KeyID($0) }) else {
        throw Failure(problems: problems + (values["id"] == nil ? ["its line 'id' is missing or wrong"] : []))
      }
      guard problems.isEmpty else { throw Failure(problems: problems) }
      let octets = data.sorted { $0.key < $1.key }.flatMap(\.value)
      guard let end, data.count == end.count, Array(SHA256.hash(data: octets).prefix(10)) == end.digest else {
        throw Failure(problems: [
          "its last line, which begins with 'end', does not fit the others: it has a typing error"
        ])
      }
      return PaperKey(
        id: id, headers: SigningKeyHeaders(role: values["role"], repository: values["gun"]), octets: octets)
    }
  }
}
