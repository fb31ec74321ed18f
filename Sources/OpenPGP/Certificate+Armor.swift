extension Certificate {
  /// Several certificates in one armored block, as rkt reads them: of several blocks it would take the first alone.
  public static func armored(_ certificates: [Certificate]) -> [UInt8] {
    Armor.encode(certificates.flatMap(\.original), type: CertificateFile.armorType)
  }
}
