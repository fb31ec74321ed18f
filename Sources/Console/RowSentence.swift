internal import TrustModel
internal import TrustVerify

/// One sentence on what a row comes to and why.
enum RowSentence {
  static func text(_ row: KeyRow, _ context: Context) -> String {
    let names = row.scope == .root ? "every image name" : "\(row.scope) and below"
    switch row.state {
    case .broken: return "Vouches for nobody: \(row.who)."
    case .mask: return "An empty file that switches nothing off: the distribution ships no such key here."
    case .masked: return "Not accepted: switched off by an empty file. \(context.key(.enable)) takes it away."
    case .vendor, .local, .override, .same: break
    }
    switch row.record?.status {
    case .trusted:
      guard let end = row.retirement(context) else { return "Accepted for \(names)." }
      return "Accepted for \(names), to be retired on \(end.due.date): \(context.key(.rotate)) retires it now."
    case .expired: return "Not accepted: the key has expired."
    case .revoked: return "Not accepted: the key was revoked by its owner."
    case .weak: return "Not accepted: the key is too weak."
    default: return "Not accepted: \(row.record?.problem ?? "see the layers")."
    }
  }
}
