internal import Fetch
internal import TrustModel

/// A template of addresses out of a discovery page: `{name}`, `{ext}` and labels in braces stand for their values.
///
/// Values are percent-encoded, so that none can end a path, a query or a host (reference/rkt.md, section 3, row
/// "templates"); the slashes of a name stay.
struct AddressTemplate {
  let text: String

  /// Why a template leads nowhere.
  struct Failure: Error {
    let reason: String
  }

  /// The address for these values.
  func address(_ values: [(name: String, value: String)], allowsHTTP: Bool) throws(Failure) -> Address {
    try Self.address(try expanded(values), allowsHTTP: allowsHTTP)
  }

  /// The address in a tag, which must be https, or http where that is allowed.
  static func address(_ text: String, allowsHTTP: Bool) throws(Failure) -> Address {
    let address: Address
    do throws(AddressError) {
      address = try Address(text)
    } catch {
      throw Failure(reason: "\(error)")
    }
    guard address.scheme == .https || allowsHTTP else {
      throw Failure(reason: "it leads to plain http, which --insecure-allow-http allows")
    }
    return address
  }

  private func expanded(_ values: [(name: String, value: String)]) throws(Failure) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      result += rest[..<open]
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
        throw Failure(reason: "its braces do not match")
      }
      let name = rest[rest.index(after: open)..<close]
      guard let value = values.first(where: { $0.name.utf8.elementsEqual(name.utf8) })?.value else {
        throw Failure(reason: "nothing is known for {\(VisibleText(String(name), limit: 60))}")
      }
      result += Self.encoded(value, keepingSlashes: name == "name")
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private static func encoded(_ value: String, keepingSlashes: Bool) -> String {
    var result = ""
    for octet in value.utf8 {
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(octet))
      case UInt8(ascii: "/") where keepingSlashes: result += "/"
      default: result += "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
