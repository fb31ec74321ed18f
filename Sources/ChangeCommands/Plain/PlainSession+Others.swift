internal import ReadCommands
internal import TrustModel
internal import TrustVerify

// Images, the log, and backups as questions.

extension PlainSession {
  /// The list of images, and what can be done with the one that is chosen.
  func images() throws(Dialog.NoAnswer) {
    guard let records = try? options.images.records().records, !records.isEmpty else { return look(["image", "list"]) }
    let lines = records.map { "\(VisibleText($0.reference.description, limit: 200)), \($0.id.short)" }
    let id = records[try NumberedList(heading: "Images", lines: lines).choose(dialog)].id.description
    while true {
      switch try dialog.choice("Image \(id)", ["show", "verify: read it again", "remove"]) {
      case 0: look(["image", "show"], [id])
      case 1: look(["image", "verify"], [id])
      default:
        if isStoreReadOnly { return offer(["image", "rm"], [id]) }
        look(["image", "rm", "--dry-run"], [id])
        guard try dialog.agrees("Remove this image?") else {
          dialog.say("Nothing was removed.")
          continue
        }
        return look(["image", "rm"], [id])
      }
    }
  }

  /// Takes a change back.
  func undo() throws(Dialog.NoAnswer) {
    look(["log"])
    let last = (try? Journal(options.state))?.entries.map(\.id).max() ?? 0
    guard last > 0 else { return }
    let id = try dialog.number("Which change is taken back? 0 is none.", in: 0...last)
    if id > 0 { change(["undo"], ["\(id)"]) }
  }

  /// Makes, checks or restores a backup.
  func backup() throws(Dialog.NoAnswer) {
    let action = try dialog.choice("Backup", ["make one", "check one", "restore one"])
    let file = try path(action == 0 ? "File to make, which must not exist yet" : "File of the backup")
    switch action {
    case 0: isReadOnly ? offer(["backup"], [file]) : look(["backup"], [file])
    case 1: look(["backup", "--check"], [file])
    default: change(["restore"], [file])
    }
  }

  /// Fetches an image.
  func fetch() throws(Dialog.NoAnswer) {
    let image = try dialog.text("Image: a name, an https address, or a file")
    isStoreReadOnly ? offer(["fetch"], [image]) : look(["fetch"], [image])
  }
}
