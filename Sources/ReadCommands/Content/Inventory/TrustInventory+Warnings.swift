internal import ContentTrust
internal import SignedMetadata
internal import Stores
internal import TrustModel

extension TrustInventory {
  /// A warning, and its name for programs.
  struct Warning {
    let id: String
    let message: String
  }

  /// The day on which Docker's own server is switched off for good.
  ///
  /// Source: reference/docker-content-trust.md, section 0.
  static let dockerServerEnds = Timestamp(seconds: 1_796_688_000)
  static let dockerServer = "notary.docker.io"

  /// What somebody should know who relies on any of this.
  var warnings: [Warning] {
    [ignored, dockerServerEnd].compactMap(\.self) + repositories.flatMap(endings)
      + repositories.flatMap { repository in
        repository.pieces.compactMap { piece in
          piece.problem.map {
            Warning(
              id: "unreadable",
              message:
                "\(VisibleText(piece.name)) of \(repository.repository) in \(VisibleText(repository.folder)) \($0)")
          }
        }
      }
  }

  /// Whether anything here switches content trust on for docker.
  private var isSwitchedOn: Bool {
    let name = "DOCKER_CONTENT_TRUST"
    return variables.contains { $0.name == name && TrustVariable.isOn($0.value ?? "") }
      || uses.contains { $0.mention.name == name && TrustVariable.isOn($0.mention.value ?? "1") }
  }

  private var ignored: Warning? {
    guard isSwitchedOn else { return nil }
    let limit = InstalledDocker.firstWithoutTrust
    guard let docker, let major = InstalledDocker.major(docker) else {
      return Warning(
        id: "docker-may-ignore",
        message:
          "DOCKER_CONTENT_TRUST is set, and docker \(limit) and later do not read it and say nothing: docker version"
          + " tells which one this is; keyreeve docker pull checks with any")
    }
    guard major >= limit else { return nil }
    return Warning(
      id: "docker-ignores",
      message:
        "DOCKER_CONTENT_TRUST is set, and the docker here (\(VisibleText(docker))) does not read it and says nothing:"
        + " whatever it pulls is unverified; keyreeve docker pull checks")
  }

  private var dockerServerEnd: Warning? {
    let isNamed =
      uses.contains { $0.mention.name == Self.dockerServer || $0.mention.value?.contains(Self.dockerServer) == true }
      || (variables.map(\.value) + settings.map(\.value)).contains { $0?.contains(Self.dockerServer) == true }
    let isKept = repositories.contains { $0.repository.registry == Repository.dockerRegistry }
    guard isNamed || isKept else { return nil }
    let verb = now < Self.dockerServerEnds ? "is switched off on" : "was switched off on"
    return Warning(
      id: "docker-server-ends",
      message:
        "\(Self.dockerServer) \(verb) \(Self.dockerServerEnds.date), and nothing of docker.io can be read from it then:"
        + " keyreeve content freeze keeps what is signed, to be verified for ever")
  }

  /// What of a repository has ended, or ends soon; of a timestamp only that it has, since it is made anew all the time.
  private func endings(_ repository: CachedRepository) -> [Warning] {
    let soon = now.advanced(by: RepositoryInspection.notice * 86_400)
    return repository.pieces.compactMap { piece in
      guard let expires = piece.expires, expires < soon else { return nil }
      let what = "\(VisibleText(piece.name)) of \(repository.repository) in \(VisibleText(repository.folder))"
      if expires <= now { return Warning(id: "expired", message: "\(what) has expired on \(expires.date)") }
      return piece.name == "timestamp"
        ? nil : Warning(id: "expires-soon", message: "\(what) expires on \(expires.date)")
    }
  }
}
