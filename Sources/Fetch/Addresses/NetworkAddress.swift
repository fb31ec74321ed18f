internal import Glibc

/// An IPv4 or IPv6 address as octets.
struct NetworkAddress: Hashable, Sendable {
  /// 4 or 16 octets.
  let octets: [UInt8]

  /// An address of 4 or 16 octets.
  init?(octets: [UInt8]) {
    guard octets.count == 4 || octets.count == 16 else { return nil }
    self.octets = octets
  }

  /// Reads an address as an `Address` has it for its host; nil for a name.
  init?(_ text: String) {
    let isSix = text.contains(":")
    var octets = [UInt8](repeating: 0, count: isSix ? 16 : 4)
    guard unsafe inet_pton(isSix ? AF_INET6 : AF_INET, text, &octets) == 1 else { return nil }
    self.octets = octets
  }

  /// The usual text.
  var text: String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = octets.count == 4 ? AF_INET : AF_INET6
    _ = unsafe inet_ntop(family, octets, &buffer, socklen_t(buffer.count))
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Why no page may send anybody there: what kind of address it is, or nil for one of the public internet.
  ///
  /// Addresses that carry an IPv4 address inside (mapped, NAT64, 6to4) are what that one is. Source:
  /// reference/security.md, rows D-07 and H-16; RFC 6890.
  var privacy: String? { octets.count == 4 ? fourPrivacy(octets[...]) : sixPrivacy }

  /// Whether the first `bits` are those of another address of the same length.
  func begins(with other: NetworkAddress, bits: Int) -> Bool {
    guard octets.count == other.octets.count, (0...octets.count * 8).contains(bits) else { return false }
    return hasPrefix(octets[...], other.octets, bits)
  }

  private func hasPrefix(_ address: ArraySlice<UInt8>, _ prefix: [UInt8], _ bits: Int) -> Bool {
    for (index, octet) in address.enumerated() where index * 8 < bits {
      let mask: UInt8 = bits - index * 8 >= 8 ? 0xff : ~(0xff >> UInt8(bits - index * 8))
      let wanted = index < prefix.count ? prefix[index] : 0
      guard octet & mask == wanted & mask else { return false }
    }
    return true
  }

  private static let fourNetworks: [(prefix: [UInt8], bits: Int, kind: String)] = [
    ([0], 8, "this host"), ([10], 8, "a private network"), ([100, 64], 10, "a carrier's private network"),
    ([127], 8, "this machine itself"), ([169, 254], 16, "the local link"), ([172, 16], 12, "a private network"),
    ([192, 0, 0], 24, "a reserved network"), ([192, 0, 2], 24, "a network for examples"),
    ([192, 168], 16, "a private network"), ([198, 18], 15, "a network for measurements"),
    ([198, 51, 100], 24, "a network for examples"), ([203, 0, 113], 24, "a network for examples"),
    ([224], 4, "a multicast group"), ([240], 4, "a reserved network"),
  ]

  private static let sixNetworks: [(prefix: [UInt8], bits: Int, kind: String)] = [
    ([], 128, "this host"), ([UInt8](repeating: 0, count: 15) + [1], 128, "this machine itself"),
    ([0xfc], 7, "a private network"), ([0xfe, 0x80], 10, "the local link"), ([0xfe, 0xc0], 10, "a private network"),
    ([0xff], 8, "a multicast group"), ([0x20, 0x01, 0x0d, 0xb8], 32, "a network for examples"),
    ([0x20, 0x01, 0, 0], 32, "a Teredo tunnel"), ([0x01], 8, "a reserved network"),
    ([0x00, 0x64, 0xff, 0x9b, 0x00, 0x01], 48, "a private network"),
  ]

  /// Networks whose addresses carry an IPv4 address, and where in them it begins.
  private static let carriers: [(prefix: [UInt8], bits: Int, start: Int)] = [
    ([UInt8](repeating: 0, count: 10) + [0xff, 0xff], 96, 12), ([0x00, 0x64, 0xff, 0x9b], 96, 12),
    ([0x20, 0x02], 16, 2), ([], 96, 12),
  ]

  private func fourPrivacy(_ four: ArraySlice<UInt8>) -> String? {
    Self.fourNetworks.first { hasPrefix(four, $0.prefix, $0.bits) }?.kind
  }

  private var sixPrivacy: String? {
    if let network = Self.sixNetworks.first(where: { hasPrefix(octets[...], $0.prefix, $0.bits) }) {
      return network.kind
    }
    guard let carrier = Self.carriers.first(where: { hasPrefix(octets[...], $0.prefix, $0.bits) }) else { return nil }
    return fourPrivacy(octets[carrier.start..<carrier.start + 4])
  }
}
