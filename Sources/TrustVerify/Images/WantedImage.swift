internal import Archives
public import TrustModel

/// Which image is wanted, and what it is called in messages.
public struct WantedImage: Sendable {
  /// The file or address, for messages.
  public let shown: String
  /// The name and labels that the image must have; where nil, its own name decides.
  public let reference: ImageReference?
  /// Labels that it must not contradict: the machine's own operating system and architecture.
  ///
  /// An image without them runs anywhere (reference/rkt.md, section 3, on images of no architecture).
  public let machineLabels: Labels

  /// An image that is wanted.
  public init(shown: String, reference: ImageReference? = nil, machineLabels: Labels = Labels()) {
    (self.shown, self.reference, self.machineLabels) = (shown, reference, machineLabels)
  }

  /// Where the manifest is not what was asked for, in one sentence; nil where it is.
  func difference(_ manifest: ImageManifest) -> String? {
    difference(name: manifest.name, labels: manifest.labels)
  }

  /// Where an image of this name and these labels is not what was asked for; nil where it is.
  public func difference(name: ImageName, labels: Labels) -> String? {
    guard let reference else { return nil }
    let image = VisibleText(shown)
    guard name == reference.name else {
      return "\(image) is an image called \(name), not \(reference.name): ask for it by its own name"
    }
    for wanted in reference.labels.pairs {
      guard let value = labels[wanted.name] else {
        return "\(image) has no label \(wanted.name), and \(wanted.name)=\(VisibleText(wanted.value)) was asked for"
      }
      guard value.utf8.elementsEqual(wanted.value.utf8) else {
        return "\(image) has \(wanted.name)=\(VisibleText(value)), and \(VisibleText(wanted.value)) was asked for"
      }
    }
    for own in machineLabels.pairs where reference.labels[own.name] == nil {
      guard let value = labels[own.name], !value.utf8.elementsEqual(own.value.utf8) else { continue }
      return
        "\(image) is for \(own.name)=\(VisibleText(value)), and this machine is \(own.name)=\(own.value); to take it"
        + " all the same, ask for it: \(reference),\(own.name)=\(VisibleText(value))"
    }
    return nil
  }
}
