/// An error that ends a command: by which reason of the closed list, and in one sentence why.
public protocol ReasonedError: Error, CustomStringConvertible {
  /// Decides the exit status.
  var reason: Reason { get }
}
