internal import ReadCommands
internal import TrustChange

/// Runs `body` and ends the command with the exit status of a change that failed.
func withChangeErrors(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as ChangeError {
    throw CommandFailure(error.reason, error.description)
  }
}
