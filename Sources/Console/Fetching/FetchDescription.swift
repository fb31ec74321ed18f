internal import Images
internal import Screen
internal import TrustModel
internal import TrustVerify

/// A fetch as lines of text, while it runs and when it has ended.
struct FetchDescription {
  /// The steps so far; the last one is being done, or was the last.
  let steps: [String]
  let transfer: FetchStatus.Transfer?

  /// Steps that are shown: the last ones.
  private static let stepLimit = 8

  /// What is being done, how far it is, and what was done before.
  func running(isStopping: Bool, columns: Int) -> [DescribedLine] {
    var lines = [DescribedLine(isStopping ? "Stopping" : "Now", steps.last ?? "beginning", .heading)]
    if let transfer {
      lines.append(DescribedLine("Received", transfer.text))
      if let bar = Self.bar(transfer, columns: columns - DescribedLine.labelWidth) {
        lines.append(DescribedLine("", bar))
      }
    }
    let done = steps.dropLast().suffix(Self.stepLimit).map { DescribedLine("Done", $0, .dim) }
    return lines + (done.isEmpty ? [] : [DescribedLine("", "")] + done)
  }

  /// The part that has come as a bar; nil where the whole is not known.
  static func bar(_ transfer: FetchStatus.Transfer, columns: Int) -> String? {
    guard let total = transfer.total, total > 0, columns >= 12 else { return nil }
    let width = min(columns - 2, 50)
    let part = Double(min(transfer.received, total)) / Double(total)
    let full = Int((part * Double(width)).rounded(.down))
    return "[" + String(repeating: "#", count: full) + String(repeating: "-", count: width - full) + "]"
  }

  /// What came of it.
  static func ended(_ image: FetchedImage) -> [DescribedLine] {
    let answer = VerdictDescription(verdict: image.verdict)
    var lines = answer.answer("Verdict")
    if let record = image.record {
      lines.append(DescribedLine("Id", record.id.description, .heading))
      let note = image.wasStored ? ", as before: nothing was downloaded" : ""
      lines.append(DescribedLine("Stored", OctetCount.text(record.size) + note))
    } else {
      lines.append(DescribedLine("Stored", "nothing"))
    }
    return lines + answer.evidence
  }

  /// What is left of a fetch that was stopped.
  func stopped() -> [DescribedLine] {
    let lines = [DescribedLine("Stopped", "before the image was there; nothing of it is in the store", .warning)]
    guard let transfer, transfer.received > 0, transfer.isDownload else { return lines }
    let kept =
      "about \(OctetCount.text(transfer.received)) came in and are kept for a day: fetched again, only the rest is asked for,"
      + " if the server can do that"
    return lines + [DescribedLine("Kept", kept)]
  }
}
