public import Stores
internal import StrictJSON
public import TrustModel

/// The findings that somebody has decided to live with, each with a reason.
///
/// A decision holds for the finding as it was: once its file has changed, it counts again.
public struct IgnoredFindings: Sendable, Equatable {
  /// One decision.
  public struct Entry: Sendable, Equatable {
    /// What tells the finding: `Finding.mark`.
    public let mark: String
    /// The finding's stable word.
    public let id: String
    /// Its file.
    public let file: String
    /// The decision.
    public let decision: Finding.Ignored

    /// A decision on a finding.
    public init(_ finding: Finding, _ decision: Finding.Ignored) {
      (mark, id, file, self.decision) = (finding.mark, finding.id, finding.file ?? "", decision)
    }

    init?(_ json: JSON) {
      guard let mark = json["mark"]?.string?.text, let id = json["id"]?.string?.text,
        let file = json["file"]?.string?.text, let reason = json["reason"]?.string?.text,
        let by = json["by"]?.string?.text, let when = json["when"]?.string.flatMap({ Timestamp(rfc3339: $0.text) })
      else { return nil }
      (self.mark, self.id, self.file) = (mark, id, file)
      decision = Finding.Ignored(reason: reason, by: by, when: when)
    }

    var document: JSON {
      [
        "mark": JSON(mark), "id": JSON(id), "file": JSON(file), "reason": JSON(decision.reason),
        "by": JSON(decision.by), "when": JSON(decision.when.description),
      ]
    }
  }

  /// The file below the state directory.
  public static let fileName = "audit-ignored.json"
  /// Octets of the file.
  public static let octetLimit = 4 << 20
  /// The most decisions.
  public static let limit = 10_000
  /// The most octets of a reason.
  public static let reasonLimit = 400

  /// The decisions, the oldest first.
  public private(set) var entries: [Entry] = []

  /// None.
  public init() {}

  /// Those of the state directory; none where there is no file.
  ///
  /// - Throws: `Unreadable` where the file cannot be used; then nothing is ignored.
  public init(_ state: StateDirectory) throws(Unreadable) {
    let octets: [UInt8]
    do {
      octets = try state.contents(of: Self.fileName, limit: Self.octetLimit)
    } catch .missing {
      return
    } catch {
      throw Unreadable(description: "\(error)")
    }
    let file = state.place + "/" + Self.fileName
    guard let json = try? JSON.parse(octets, limits: JSONLimits(octets: Self.octetLimit)),
      json["schema"]?.string == "keyreeve.ignored/1", let rows = json["findings"]?.array
    else { throw Unreadable(description: "\(file) is no keyreeve.ignored/1 document") }
    entries = rows.compactMap { Entry($0) }
    guard entries.count == rows.count else { throw Unreadable(description: "\(file) has a decision that is none") }
  }

  /// Why the decisions cannot be read.
  public struct Unreadable: Error, CustomStringConvertible {
    /// File and cause.
    public let description: String
  }

  /// The same findings, with the decision on each that is ignored.
  public func applied(to findings: [Finding]) -> [Finding] {
    guard !entries.isEmpty else { return findings }
    let byMark = Dictionary(entries.map { ($0.mark, $0.decision) }) { $1 }
    return findings.map { finding in
      var finding = finding
      finding.ignored = byMark[finding.mark]
      return finding
    }
  }

  /// With one decision more, or another one in its place.
  public mutating func ignore(_ finding: Finding, _ decision: Finding.Ignored) {
    entries.removeAll { $0.mark == finding.mark }
    entries.append(Entry(finding, decision))
  }

  /// Without the decision on a finding; false where there was none.
  public mutating func heed(_ finding: Finding) -> Bool {
    let count = entries.count
    entries.removeAll { $0.mark == finding.mark }
    return entries.count < count
  }

  /// As a file.
  public var octets: [UInt8] {
    let document: JSON = ["schema": "keyreeve.ignored/1", "findings": .array(entries.map(\.document))]
    return document.encoded(pretty: true) + [UInt8(ascii: "\n")]
  }
}
