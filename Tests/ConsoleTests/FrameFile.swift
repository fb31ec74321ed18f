import Glibc
import Screen
import TestSupport

/// Pictures of the screens as text, below `Frames`; `RECORD_FRAMES=1` writes them anew.
enum FrameFile {
  private static let folder = String("\(#filePath)".dropLast("FrameFile.swift".count)) + "Frames/"

  /// The picture without what differs from run to run: the machine's folder, and numbers of days.
  static func text(of frame: Grid) -> String {
    let text = frame.text().replacing(/kr-machine-\w{6}/, with: "kr-machine-######")
      .replacing(/from 20\d\d-\d\d-\d\d on/, with: "from ####-##-## on")
      .replacing(/20\d\d-\d\d-\d\d\.backup/, with: "####-##-##.backup")
      .replacing(/[Mm]ade  *20[-:T0-9]+Z/) { "\($0.output.prefix { $0 != "2" })####-##-##T##:##:##Z" }
      .replacing(/(root|uid \d+):(root|gid \d+) (?=\d{4}, )/, with: "owner:group ")
      .replacing(/octets, changed 20\d\d-\d\d-\d\d/, with: "octets, changed ####-##-##")
      .replacing(/localhost:\d+/, with: "localhost:####")
      .replacing(/\d\d:\d\d:\d\dZ(?= +There| +\w+ is no)/, with: "##:##:##Z")
      // Some keys end soon, whenever that is, and some files are of today.
      .replacing(/20(2[5-9]|[3-8]\d)-\d\d-\d\d/, with: "####-##-##")
    return text.replacing(/\d+(?= days)/) { String(repeating: "#", count: $0.output.count) }
  }

  /// What was kept under a name; nil where nothing was, or where it is to be written anew.
  static func kept(_ name: String, now text: String) throws -> String? {
    let file = folder + name + ".txt"
    if getenv("RECORD_FRAMES") != nil {
      _ = try ChildProcess.run(["tee", file], input: Array(text.utf8))
      return text
    }
    let outcome = try ChildProcess.run(["cat", file])
    return outcome.status == 0 ? outcome.text : nil
  }
}
