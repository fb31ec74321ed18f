public import SignedMetadata

extension SigningPlan.Entry {
  /// A document that a host signs by itself: the timestamp, or the snapshot.
  public init(byHost role: RoleName, _ head: DraftHead, signers: [ListedKey], threshold: Int) {
    self.init(role: role, head: head, signers: signers, threshold: threshold, formerSigners: [])
  }
}
