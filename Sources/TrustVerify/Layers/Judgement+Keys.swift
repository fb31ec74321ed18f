internal import TrustModel
public import OpenPGP

extension Judgement {
  /// The primary key and the subkeys.
  public var keys: [SigningKey] { [primary] + subkeys }
}

extension Certificate {
  /// The user ids to show, made visible: once judged, only those with a good self-signature of the key's own.
  func shownUserIDs(_ judgement: Judgement?) -> [String] {
    userIDs.enumerated().filter { index, _ in
      guard let valid = judgement?.isUserIDValid else { return true }
      return valid.indices.contains(index) && valid[index]
    }.map(\.element.visible.description)
  }
}
