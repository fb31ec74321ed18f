internal import Discovery
internal import Fetch
internal import TrustModel

/// What a person typed about keys: where they are, and for which names.
enum KeySourceText {
  /// Why it cannot be meant.
  struct Problem: Error {
    let text: String
    /// Whether it is about the names.
    let isAboutNames: Bool
  }

  /// A file or an https address.
  static func source(_ text: String) throws(Problem) -> KeyOrder.Source {
    guard text.contains("://") else { return .file(text) }
    let address: Address
    do throws(AddressError) {
      address = try Address(text)
    } catch {
      throw Problem(text: "\(error)", isAboutNames: false)
    }
    guard address.scheme == .https else {
      let sentence = "\(VisibleText(text)) is plain http: use https, or the command with --insecure-allow-http."
      throw Problem(text: sentence, isAboutNames: false)
    }
    return .address(address)
  }

  /// The keys for some names: where no source is typed, whatever their own site publishes.
  static func order(_ source: String, names: String) throws(Problem) -> KeyOrder {
    guard !names.isEmpty else {
      throw Problem(
        text: "Type the prefix of the image names, or * for every image there is.", isAboutNames: true)
    }
    guard names != "*" else {
      guard !source.isEmpty else {
        let sentence = "Keys for every image are not discovered: type the path of a file or an https address."
        throw Problem(text: sentence, isAboutNames: false)
      }
      return KeyOrder(source: try self.source(source), purpose: .trust(.root))
    }
    guard source.isEmpty else {
      return KeyOrder(source: try self.source(source), purpose: .trust(.prefix(try prefix(names))))
    }
    let target = try target(names)
    return KeyOrder(source: .discovery(target), purpose: .trust(.prefix(try prefix(target.name.description))))
  }

  private static func prefix(_ text: String) throws(Problem) -> Prefix {
    do throws(NameError) {
      return try Prefix(text)
    } catch {
      throw Problem(text: "\(error)", isAboutNames: true)
    }
  }

  /// Names whose host may have a port, which is no part of them.
  private static func target(_ text: String) throws(Problem) -> DiscoveryTarget {
    guard let target = try? DiscoveryTarget(text), target.labels.pairs.isEmpty else {
      return DiscoveryTarget(name: try name(text))
    }
    return target
  }

  private static func name(_ text: String) throws(Problem) -> ImageName {
    do throws(NameError) {
      return try ImageName(text)
    } catch {
      throw Problem(text: "\(error)", isAboutNames: true)
    }
  }
}
