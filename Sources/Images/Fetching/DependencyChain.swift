internal import TrustModel

/// The images that a fetch is in the middle of: the one asked for, one that it stands on, and so on.
struct DependencyChain {
  let countLimit: Int
  let depthLimit: Int
  private var names: [ImageReference] = []
  private var held: Set<String> = []
  private var ports: [String: Int] = [:]
  private var count = 0

  init(countLimit: Int, depthLimit: Int) {
    (self.countLimit, self.depthLimit) = (countLimit, depthLimit)
  }

  /// Whether nothing stands on the image at hand.
  var isOutermost: Bool { names.isEmpty }

  /// Goes on to what `image` stands on; the problem where that leads too far, or in a circle.
  mutating func descend(from image: ImageReference) -> String? {
    names.append(image)
    return names.count > depthLimit ? "more than \(depthLimit) images stand on each other: \(path)" : nil
  }

  /// Comes back from what the last image stands on.
  mutating func ascend() { names.removeLast() }

  /// Counts an image that is to be fetched; the problem where it is one too many, or one that stands on itself.
  mutating func enter(_ image: ImageReference) -> String? {
    if names.contains(image) || names.contains(where: { $0.name == image.name && image.labels.pairs.isEmpty }) {
      return "it stands on itself: \(path) -> \(VisibleText(image.description))"
    }
    count += 1
    return count > countLimit ? "it stands on more than \(countLimit) images" : nil
  }

  /// Notes the port at which a person asked a name's host; what stands below is asked for at the same.
  mutating func note(port: Int?, of name: ImageName) {
    if let port, let host = name.components.first { ports[String(host)] = port }
  }

  /// The port of a name's host, if a person named one.
  func port(of name: ImageName) -> Int? { name.components.first.flatMap { ports[String($0)] } }

  /// Notes that the place with this key is being fetched from; false where it is already.
  mutating func hold(_ key: String) -> Bool { held.insert(key).inserted }

  /// Notes that it no longer is.
  mutating func leave(_ key: String) { held.remove(key) }

  private var path: String { names.map { VisibleText($0.description).description }.joined(separator: " -> ") }
}
