internal import Stores
internal import TrustModel

/// Findings about the directories of the layers.
struct DirectoryAudit {
  let listing: LayerListing
  let fix: FindingFix

  var findings: [Finding] {
    listing.directories.flatMap { OwnershipAudit.findings($0.status, path: $0.path, what: "directory", fix) }
      + listing.obstacles.map(obstacle) + listing.misplaced.map(misplaced)
  }

  private func obstacle(_ obstacle: LayerListing.Obstacle) -> Finding {
    let isLink = if case .symbolicLink = obstacle.error { true } else { false }
    return Finding(
      id: isLink ? "symbolic-link" : "unreadable",
      severity: .error, file: obstacle.error.path,
      message: "\(obstacle.error): keys and masks there are not seen",
      fix: isLink ? fix.shell("rm", on: obstacle.error.path) : nil)
  }

  private func misplaced(_ misplaced: LayerListing.Misplaced) -> Finding {
    let path = misplaced.path
    return Finding(
      id: "misplaced", severity: .warning, file: path,
      message: "\(VisibleText(path)) lies where no image name leads: it can never count",
      fix: misplaced.kind.flatMap { fix.remove(file: path, $0) })
  }
}
