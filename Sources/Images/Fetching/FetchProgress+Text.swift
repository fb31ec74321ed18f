internal import TrustModel

extension FetchProgress {
  /// The step in a few words.
  public var sentence: String {
    switch self {
    case .discovering(let name): "asking where \(name) is"
    case .signature(let address): "fetching the signature \(VisibleText(address))"
    case .waiting(let key): "waiting for another process that fetches \(VisibleText(key))"
    case .image: "fetching the image"
    case .sending: "uploading the image"
    case .judging: "verifying"
    case .dependency(let name): "it stands on \(name): fetching that first"
    }
  }
}

/// A transfer in words: octets, part, rate and time left.
public struct TransferText: Sendable {
  private let received: UInt64
  private let total: UInt64?
  private let since: UInt64
  private let seconds: Double

  /// A transfer that stands at `received` of `total` octets, `seconds` after it stood at `since`.
  public init(received: UInt64, total: UInt64?, since: UInt64, seconds: Double) {
    (self.received, self.total, self.since, self.seconds) = (received, total, since, seconds)
  }

  /// Such as `12.0 MiB of 256.0 MiB  4 %  24.1 MiB/s  11 s left`.
  public var line: String {
    var parts = [OctetCount.text(received) + (total.map { " of \(OctetCount.text($0))" } ?? "")]
    if let total, total > 0 { parts.append("\(min(100, received * 100 / total)) %") }
    guard seconds > 0.2, received > since else { return parts.joined(separator: "  ") }
    let rate = Double(received - since) / seconds
    parts.append("\(OctetCount.text(Int64(rate)))/s")
    if let total, total > received {
      parts.append(Self.left(Double(total - received) / rate))
    }
    return parts.joined(separator: "  ")
  }

  private static func left(_ seconds: Double) -> String {
    guard seconds < 360_000 else { return "days left" }
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s left" }
    return whole < 3600 ? "\(whole / 60) min \(whole % 60) s left" : "\(whole / 3600) h \(whole / 60 % 60) min left"
  }
}
