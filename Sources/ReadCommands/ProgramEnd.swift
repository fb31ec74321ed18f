/// The end of a command that has run another program in its place, whose exit status is its own.
public struct ProgramEnd: Error {
  /// The exit status.
  public let status: Int32

  /// An end with the status of the program.
  public init(_ status: Int32) {
    self.status = status
  }
}
