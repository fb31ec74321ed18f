extension Certificate {
  /// Every signature packet of the certificate in its order, those by other keys too, each with the user id behind which
  /// it stands; nil for those over the key, a subkey or a picture.
  var signatures: [(userID: UserID?, signature: SignaturePacket)] {
    var found: [(userID: UserID?, signature: SignaturePacket)] = []
    var userID: UserID?
    var reader = OctetReader(original[...])
    // The octets were read before: what cannot be read a second time ends the search.
    while !reader.isAtEnd, let packet = try? Packet.next(&reader) {
      switch packet.tag {
      case Packet.Tag.userID: userID = UserID(octets: Array(packet.body))
      case Packet.Tag.signature:
        let limit = OpenPGPLimits.standard.subpackets
        if let signature = try? SignaturePacket(packet.body, subpackets: limit) { found.append((userID, signature)) }
      default: userID = nil
      }
    }
    return found
  }
}
