internal import Glibc
internal import Stores
internal import TrustModel

/// Who else can change a file or directory that decides about trust.
///
/// Source: reference/security.md, row K-04. Group members may be meant to write (rkt's own rkt-admin group), so that
/// is a warning; everybody is an error.
enum OwnershipAudit {
  static func findings(_ status: FileStatus, path: String, what: String, _ fix: FindingFix) -> [Finding] {
    var findings: [Finding] = []
    let quoted = VisibleText(path)
    if status.isWorldWritable {
      findings.append(
        Finding(
          id: "world-writable", severity: .error, file: path,
          message: "\(what) \(quoted) can be changed by everybody: chmod o-w it and check its contents",
          fix: fix.shell("chmod", "o-w", on: path)))
    } else if status.isGroupWritable {
      findings.append(
        Finding(
          id: "group-writable", severity: .warning, file: path,
          message: "\(what) \(quoted) can be changed by group \(status.group): chmod g-w it unless that is meant",
          fix: fix.shell("chmod", "g-w", on: path)))
    }
    if status.owner != 0, status.owner != geteuid() {
      findings.append(
        Finding(
          id: "foreign-owner", severity: .warning, file: path,
          message: "\(what) \(quoted) belongs to user \(status.owner), who can change it at any time",
          fix: fix.shell("chown", "root:root", on: path)))
    }
    return findings
  }
}
