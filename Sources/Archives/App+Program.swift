extension ImageManifest.App {
  /// A program that another kind of image describes.
  ///
  /// - Parameters:
  ///   - volumes: names and absolute paths of its mount points.
  ///   - ports: numbers with their protocols.
  package init(
    program exec: [String], user: String, group: String, workingDirectory: String,
    environment: [(name: String, value: String)], volumes: [(name: String, path: String)],
    ports: [(number: Int, protocol: String)]
  ) {
    (self.exec, self.user, self.group, self.workingDirectory) = (exec, user, group, workingDirectory)
    self.environment = environment.map { ImageManifest.NamedText(name: $0.name, value: $0.value) }
    mountPoints = volumes.map { MountPoint(name: $0.name, path: $0.path, isReadOnly: false) }
    self.ports = ports.map { port in
      Port(
        name: "\(port.number)-\(port.protocol)", protocol: port.protocol, port: port.number, count: 1,
        isSocketActivated: false)
    }
    (supplementaryGIDs, eventHandlers, isolators, userAnnotations, userLabels) = ([], [], [], [], [])
  }
}
