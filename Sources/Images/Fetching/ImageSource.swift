public import Discovery
public import Fetch
internal import Glibc
internal import TrustModel

/// What a person asks to be fetched.
public enum ImageSource: Sendable {
  /// An image by its name, found by discovery.
  case name(DiscoveryTarget)
  /// An image at an address.
  case address(Address)
  /// An image in a file.
  case file(String)

  /// Why a text is no source.
  public struct Failure: Error, CustomStringConvertible {
    /// One sentence.
    public let description: String
  }

  /// Reads what a person typed.
  ///
  /// What has `://` is an address; what begins with `/` or `.`, or ends in `.aci`, is a file; all else is a name. A file
  /// of the working directory that has an image's name by chance is not taken for it (reference/rkt.md, section 4.1).
  public init(_ text: String) throws(Failure) {
    if text.utf8.starts(with: "file://".utf8) {
      self = .file(String(text.dropFirst(7)))
    } else if text.contains("://") {
      do throws(AddressError) { self = .address(try Address(text)) } catch { throw Failure(description: "\(error)") }
    } else if text.hasPrefix("/") || text.hasPrefix(".") || text.hasSuffix(".aci") {
      self = .file(text)
    } else {
      do throws(NameError) {
        self = .name(try DiscoveryTarget(text))
      } catch {
        let hint = unsafe access(text, F_OK) == 0 ? "; for the file of that name write ./\(VisibleText(text))" : ""
        throw Failure(description: "\(error)\(hint)")
      }
    }
  }
}
