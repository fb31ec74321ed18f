public import TrustModel

/// How far a fetch has come, for people who wait.
public enum FetchProgress: Sendable, Equatable {
  /// The name's servers are asked where the image is.
  case discovering(ImageName)
  /// The signature is asked for at this address.
  case signature(String)
  /// Another process fetches the same image: waiting for it.
  case waiting(String)
  /// The image comes in: octets so far, and altogether where that is known.
  case image(received: UInt64, total: UInt64?)
  /// An image goes out: octets so far, and altogether.
  case sending(UInt64, of: UInt64)
  /// The whole image is there and is being judged.
  case judging
  /// An image that it stands on is fetched next.
  case dependency(ImageName)
}
