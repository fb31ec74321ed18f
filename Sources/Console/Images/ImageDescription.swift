internal import Screen
internal import TrustModel
internal import TrustVerify

/// An image of the store in full, as lines of text.
struct ImageDescription {
  /// What came of reading it again.
  enum Reading: Sendable, Equatable {
    case none
    case begun
    case done(Verdict, at: Timestamp)
  }

  let row: ImageRow
  let keys: KeyBindings
  /// The images that stand on it.
  var users: [String] = []
  var reading = Reading.none

  var lines: [DescribedLine] {
    guard let record = row.record else {
      return [DescribedLine("Id", row.id.description), DescribedLine("DAMAGED", row.sentence, .warning)]
    }
    var lines = [DescribedLine("Image", row.name, .heading), DescribedLine("Id", row.id.description, .dim)]
    let labels = record.labels.pairs.filter { $0.name != "version" }
    if !labels.isEmpty {
      let text = labels.map { "\($0.name)=\(VisibleText($0.value, limit: 200))" }.joined(separator: ", ")
      lines.append(DescribedLine("Labels", text))
    }
    lines.append(DescribedLine("Size", size(record)))
    lines += DescribedLine.section("VERDICTS") + verdicts(record)
    lines += DescribedLine.section("WHERE IT CAME FROM") + origin(record)
    if let today = row.today { lines += VerdictDescription(verdict: today).evidence }
    return lines
  }

  private func size(_ record: ImageRecord) -> String {
    let packed =
      " (\(VisibleText(record.compression, limit: 16)), \(OctetCount.text(record.uncompressedSize)) unpacked)"
    return OctetCount.text(record.size) + (record.compression == "none" ? "" : packed)
  }

  private func verdicts(_ record: ImageRecord) -> [DescribedLine] {
    let message = VisibleText(record.answer.message, limit: 4096).description
    let then: Theme.Role = record.isUnverified ? .warning : record.answer.isAccepted ? .accepted : .refused
    // What was asked for last is read first.
    var lines = reading == .none ? [] : readAgain
    if let today = row.today {
      lines += VerdictDescription(verdict: today).answer("Today")
    } else {
      lines.append(DescribedLine("Today", "being judged", .dim))
    }
    lines.append(DescribedLine("Then", "\(row.thenWord), on \(record.fetched)", then))
    // Said once where it is the same.
    if message != row.today?.message { lines.append(DescribedLine("", message, .dim)) }
    return lines + (reading == .none ? readAgain : [])
  }

  private var readAgain: [DescribedLine] {
    switch reading {
    case .none:
      return [DescribedLine("Read again", "not yet: \(keys.name(.verify)) reads every octet and compares", .dim)]
    case .begun: return [DescribedLine("Read again", "reading every octet...", .dim)]
    case .done(let verdict, let time):
      let description = VerdictDescription(verdict: verdict)
      let answer = DescribedLine("Read again", "\(description.word), at \(time)", description.role)
      return verdict.message == row.today?.message ? [answer] : [answer, DescribedLine("", verdict.message)]
    }
  }

  private func origin(_ record: ImageRecord) -> [DescribedLine] {
    let origin = record.origin
    var lines = [DescribedLine("Asked for", VisibleText(origin.asked).description)]
    if let page = origin.page { lines.append(DescribedLine("Found by", VisibleText(page).description)) }
    if let address = origin.address { lines.append(DescribedLine("From", VisibleText(address).description)) }
    lines += origin.redirects.map { DescribedLine("Redirect", VisibleText($0).description) }
    if let signed = record.signed { lines.append(DescribedLine("Signed", "\(signed)")) }
    lines += record.dependencies.map { DescribedLine("Stands on", "\($0.name) (\($0.id.short))") }
    lines += users.map { DescribedLine("Needed by", $0) }
    return lines
  }
}
