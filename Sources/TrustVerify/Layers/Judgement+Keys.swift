internal import TrustModel
public import OpenPGP

extension Judgement {
  /// The primary key and the subkeys.
  public var keys: [SigningKey] { [primary] + subkeys }
}

extension Certificate {
  /// The user ids to show, made visible: of a key in force, only those with a good self-signature of its own.
  func shownUserIDs(_ judgement: Judgement?) -> [String] {
    let all = userIDs.map(\.visible.description)
    // Of a revoked or broken key the engine vouches for no user id; whose it was still helps to find it.
    guard let judgement, judgement.isUserIDValid.contains(true) else { return all }
    return zip(all, judgement.isUserIDValid).filter(\.1).map(\.0)
  }
}
