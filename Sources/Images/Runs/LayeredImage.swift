/// A container image as it is run: its configuration, and its layers as they are unpacked.
@safe public struct LayeredImage {
  /// Gives the octets of a layer's archive, without compression, to its argument, in order.
  ///
  /// It compares them with their digests in the same reading, and throws where they are others: what was made of them is
  /// then removed.
  public typealias Layer = ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

  /// The last part of its name.
  let name: String
  let configuration: [UInt8]
  private let layers: [Layer]

  /// An image that was judged already.
  ///
  /// - Parameters:
  ///   - configuration: the octets of its OCI image configuration, which match their digest.
  ///   - layers: the lowest first.
  public init(name: String, configuration: [UInt8], layers: [Layer]) {
    (self.name, self.configuration) = (name, configuration)
    unsafe self.layers = layers
  }

  /// The number of its layers.
  var count: Int { unsafe layers.count }

  /// Gives the octets of a layer to `body`.
  func read(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws { try unsafe layers[index](body) }
}
