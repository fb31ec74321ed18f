/// Which keys could vouch for images of a name, and why each other key could not.
public struct Explanation: Sendable, Equatable {
  /// The name that was asked about.
  public var name: ImageName
  /// The files whose keys count.
  public var accepts: [ConsideredKey]
  /// Every other file, with the reason.
  public var refuses: [ConsideredKey]
  /// Where rkt would have decided otherwise.
  public var notes: [String]
  /// What each directory that a check of the name reads did, in the order in which they are read.
  public var steps: [ExplanationStep] = []

  /// An explanation.
  public init(name: ImageName, accepts: [ConsideredKey], refuses: [ConsideredKey], notes: [String] = []) {
    (self.name, self.accepts, self.refuses, self.notes) = (name, accepts, refuses, notes)
  }
}
