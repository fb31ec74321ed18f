internal import ChildPrograms
internal import Engines
internal import ReadCommands
internal import TrustModel

/// Runs `body` and ends the command with the exit status of an engine that failed, or of words that cannot be understood.
func withEngineErrors<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as EngineError {
    throw CommandFailure(error.reason, error.description)
  } catch let error as CommandLineError {
    throw CommandFailure(.usage, error.description)
  } catch let error as NameError {
    throw CommandFailure(.usage, error.description)
  } catch let error as ChildProgramError {
    throw CommandFailure(.failed, error.description)
  }
}
