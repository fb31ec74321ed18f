internal import Fetch
internal import Registry
internal import StrictJSON
internal import TrustModel

/// What a registry says to an upload.
enum UploadAnswer {
  /// Octets of its words.
  static let limit: UInt64 = 64 << 10
  /// Statuses with words on what is wrong, and the one that asks who that is.
  static let statuses: Set<Int> = [400, 401, 404, 405, 413, 415, 416]

  /// Refuses any other status, in the registry's own words.
  static func check(_ head: FetchHead, _ body: [UInt8], _ wanted: Set<Int>, _ what: String) throws(RegistryError) {
    guard !wanted.contains(head.status) else { return }
    let error = (try? JSON.parse(body))?["errors"]?.array?.first
    let words = [error?["code"], error?["message"]].compactMap { $0?.string?.text }.joined(separator: ": ")
    let shown = words.isEmpty ? "status \(head.status)" : VisibleText(words, limit: 300).description
    throw RegistryError(
      head.status == 404 ? .notFound : .failed, "\(head.address.authority) does not take \(what): \(shown)")
  }
}
