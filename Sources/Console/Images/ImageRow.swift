internal import Screen
internal import TrustModel
internal import TrustVerify

/// One line of the image list: an image of the store, the verdict that it was taken under, and today's.
struct ImageRow: Sendable, Equatable {
  let id: ImageID
  /// What the store knows of it; nil where that cannot be read.
  let record: ImageRecord?
  /// What today's keys say; nil until that is known.
  let today: Verdict?
  /// Why the record cannot be read.
  let problem: String?

  init(_ record: ImageRecord, today: Verdict? = nil) {
    (id, self.record, self.today, problem) = (record.id, record, today, nil)
  }

  init(damaged id: ImageID, _ problem: String) {
    (self.id, record, today, self.problem) = (id, nil, nil, problem)
  }

  /// `+` accepted today, `-` refused, `!` damaged or not to be told, nothing while it is being judged.
  var mark: String {
    guard problem == nil else { return "!" }
    switch today?.outcome {
    case .accepted: return "+"
    case .refused: return "-"
    case .undetermined: return "!"
    case nil: return " "
    }
  }

  /// How the mark and the verdict look.
  var role: Theme.Role {
    switch mark {
    case "+": .accepted
    case "-": .refused
    case "!": .warning
    default: .dim
    }
  }

  /// Name and version, or the id where the name cannot be read.
  var name: String {
    guard let record else { return id.short }
    return record.name.description + (record.labels["version"].map { ":\(VisibleText($0, limit: 64))" } ?? "")
  }

  /// The id without its scheme, as far as lists show it.
  var shortID: String { String(id.short.dropFirst(ImageID.scheme.count)) }

  /// Today's verdict in one word.
  var todayWord: String {
    guard problem == nil else { return "damaged" }
    switch today?.outcome {
    case .accepted: return "accepted"
    case .refused(let reason): return reason.rawValue
    case .undetermined: return "unclear"
    case nil: return "..."
    }
  }

  /// The verdict that it was taken under in one word.
  var thenWord: String {
    guard let record else { return "-" }
    return record.isUnverified ? "unverified" : record.answer.isAccepted ? "accepted" : record.answer.reason.rawValue
  }

  /// What it comes to, in one sentence.
  var sentence: String { problem ?? today?.message ?? "Being judged by the keys of today." }
}
