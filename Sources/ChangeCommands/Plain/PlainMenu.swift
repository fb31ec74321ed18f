internal import ReadCommands
internal import TrustModel
internal import TrustVerify

/// What the main menu offers: one row an item.
struct PlainMenu {
  let title: String
  let run: @Sendable (PlainSession) throws(Dialog.NoAnswer) -> Void

  init(_ title: String, _ run: @escaping @Sendable (PlainSession) throws(Dialog.NoAnswer) -> Void) {
    self.title = title
    // To go back out of an item is to come to the menu.
    self.run = { session throws(Dialog.NoAnswer) in
      try session.leaving { () throws(Dialog.NoAnswer) in try run(session) }
    }
  }

  static let items = [
    PlainMenu("keys: every trusted-key file") { session throws(Dialog.NoAnswer) in try session.keys() },
    PlainMenu("explain: who may vouch for an image name") { session throws(Dialog.NoAnswer) in
      session.look(["explain"], [try session.dialog.text("Image name")])
    },
    PlainMenu("audit: what is wrong, worst first") { session throws(Dialog.NoAnswer) in try session.audit() },
    PlainMenu("images: what was fetched") { session throws(Dialog.NoAnswer) in try session.images() },
    PlainMenu("log: changes made so far") { session in session.look(["log"]) },
    PlainMenu("trust: add a key") { session throws(Dialog.NoAnswer) in try session.trust() },
    PlainMenu("disable: switch a key off") { session throws(Dialog.NoAnswer) in try session.changeKey("disable") },
    PlainMenu("enable: take the empty file of a disabled key away") { session throws(Dialog.NoAnswer) in
      try session.changeKey("enable")
    },
    PlainMenu("remove: take an administrator's key away") { session throws(Dialog.NoAnswer) in
      try session.changeKey("remove")
    },
    PlainMenu("rotate: a new key for an old one") { session throws(Dialog.NoAnswer) in
      try session.rotate(try session.chosenKey("rotate"))
    },
    PlainMenu("undo: take a change back") { session throws(Dialog.NoAnswer) in try session.undo() },
    PlainMenu("backup: make, check or restore one") { session throws(Dialog.NoAnswer) in try session.backup() },
    PlainMenu("fetch: find, verify and store an image") { session throws(Dialog.NoAnswer) in try session.fetch() },
    PlainMenu("verify: an image in a file") { session throws(Dialog.NoAnswer) in
      session.look(["verify"], [try session.path("File of the image")])
    },
  ]
}
