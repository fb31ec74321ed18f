extension MadeSignature {
  /// A fit detached signature over binary data.
  public static let detached = MadeSignature(0x00)

  /// A positive self-certification of a user id, with what its key may do.
  public static func selfCertification(_ flags: KeyFlags = [.certify, .sign]) -> MadeSignature {
    MadeSignature(0x13).with {
      $0.created = Moment.keyMade
      $0.hashed = [.flags(flags), .primaryUserID]
    }
  }

  /// A generic certification, as others make of a user id.
  public static let certification = MadeSignature(0x10).with { $0.created = Moment.keyMade }

  /// A signature of a key over itself, without a user id.
  public static func directKey(_ flags: KeyFlags = [.certify, .sign]) -> MadeSignature {
    MadeSignature(0x1f).with {
      $0.created = Moment.keyMade
      $0.hashed = [.flags(flags)]
    }
  }

  /// A binding of a subkey by its primary key; a signing subkey's back-signature is added by `MadeCertificate`.
  public static func binding(_ flags: KeyFlags = .sign) -> MadeSignature {
    MadeSignature(0x18).with {
      $0.created = Moment.keyMade
      $0.hashed = [.flags(flags)]
    }
  }

  /// A back-signature, by which a signing subkey says that it belongs to the primary key.
  public static let backSignature = MadeSignature(0x19).with { $0.created = Moment.keyMade }

  /// The revocation of a primary key (0x20), a subkey (0x28) or a user id (0x30), dated after the usual signature.
  public static func revocation(_ type: UInt8, _ reason: MadeSubpacket?) -> MadeSignature {
    MadeSignature(type).with {
      $0.created = Moment.lateEnd
      $0.hashed = reason.map { [$0] } ?? []
    }
  }
}
