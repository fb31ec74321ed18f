/// What is sent to a registry: octets, or a piece of an open file, by one of the methods that its protocol has.
///
/// Source: OCI distribution specification, "Pushing blobs".
public struct SentPiece: Sendable {
  /// The method.
  public enum Method: String, Sendable {
    /// Begins an upload.
    case post = "POST"
    /// Adds to it.
    case patch = "PATCH"
    /// Ends it, or stores a manifest.
    case put = "PUT"
  }

  /// Where the octets are.
  public enum Content: Sendable {
    /// At hand.
    case octets([UInt8])
    /// In a file that is open for reading and stays so until the request has ended: from an offset on, so many.
    case file(CInt, offset: UInt64, count: UInt64)
  }

  /// The method.
  public var method: Method
  /// The octets.
  public var content: Content
  /// Their media type.
  public var type: String
  /// The first of them as a place in the whole that they are a piece of, for `Content-Range`; nil for a whole.
  public var start: UInt64?

  /// Octets that are sent.
  public init(_ method: Method, _ content: Content, type: String = "application/octet-stream", at start: UInt64? = nil)
  {
    (self.method, self.content, self.type, self.start) = (method, content, type, start)
  }

  /// How many there are.
  public var count: UInt64 {
    switch content {
    case .octets(let octets): UInt64(octets.count)
    case .file(_, _, let count): count
    }
  }
}
