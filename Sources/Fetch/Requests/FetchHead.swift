/// What the headers of the final answer say.
public struct FetchHead: Sendable, Equatable {
  /// The status: 200, 206 for the rest of a download, 416 where nothing was missing, or one that the request accepts.
  public let status: Int
  /// The final address.
  public let address: Address
  /// The addresses that redirects led to, in order; the last one is the final address.
  ///
  /// Empty without redirects.
  public let redirects: [Address]
  /// Octets of the whole body from its beginning, where the server says so.
  public let length: UInt64?
  /// Where the body that follows begins: 0, or the offset of the point that was resumed.
  public let offset: UInt64
  /// The entity tag, with its quotation marks.
  public let etag: String?
  /// The date of the last change, as the server wrote it.
  public let lastModified: String?
  /// What the server asks for where it answers 401 (`WWW-Authenticate`), line by line.
  public let challenges: [String]
  /// The media type, as the server wrote it.
  public let contentType: String?
  /// Where the answer leads, such as to the place of an upload; nil where that is too long or no text.
  public let location: String?
  /// The octets of an upload that the server has (`0-499`).
  public let range: String?
}
