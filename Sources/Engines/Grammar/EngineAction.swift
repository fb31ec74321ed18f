/// What a command of an engine does with images, as far as signatures are concerned.
public enum EngineAction: Sendable, Equatable {
  /// Images are taken from a registry.
  case pull
  /// Images are given to a registry.
  case push
  /// A container is made.
  case create
  /// A container is made and started.
  case run
  /// An image is built upon others.
  case build
  /// A service of a swarm is made, or gets another image.
  case service
  /// Images may be fetched of which nothing is checked: how to check them, if there is a way.
  case unchecked(advice: String?)
  /// No image is fetched.
  case other

  /// Whether options may follow the operands of this command.
  func isMixed(_ verb: [String]) -> Bool {
    switch self {
    case .create, .run: false
    // Only what a container is to run ends the options.
    case .service: verb.last != "create"
    default: true
    }
  }
}
