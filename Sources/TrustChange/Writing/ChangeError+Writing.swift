internal import DurableFiles

extension ChangeError {
  init(_ error: WriteError) {
    switch error {
    case .permission(let path): self = .permission(path)
    case .symbolicLink(let path): self = .symbolicLink(path)
    case .exists(let path):
      self = .wouldReplace("\(path) exists already, and nothing is written over it: name another file")
    case .system(let path, let problem): self = .system(path, problem)
    }
  }
}

/// Runs `body`, whose errors become those of a change.
func writing<Value: ~Copyable>(_ body: () throws(WriteError) -> Value) throws(ChangeError) -> Value {
  do {
    return try body()
  } catch {
    throw ChangeError(error)
  }
}
