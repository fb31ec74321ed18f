internal import ContentChange
internal import ReadCommands
internal import Stores
internal import TrustModel
internal import TrustVerify

/// That a backup holds a key just as it lies here.
struct KeyBackupProof {
  private let file: String

  init(_ file: String) { self.file = file }

  /// Refuses where it does not.
  func check(_ place: SigningKeyPlace) throws {
    let archive = try BackupCheck.archive(file)
    let here = try ExportedKeyText(place).original
    let name = "\(place.id).key"
    let found = archive.files.contains { file, octets in
      file.store.isOfContentTrust && file.path.components.first == "private"
        && file.path.name.utf8.elementsEqual(name.utf8) && here.elementsEqual(octets)
    }
    guard found else {
      throw CommandFailure(
        .declined,
        "\(VisibleText(file)) does not hold key \(place.id) as it lies here, and nothing was removed: a backup that does is "
          + "made by keyreeve backup FILE")
    }
  }
}
