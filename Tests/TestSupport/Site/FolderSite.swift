/// `https://example.com` on this machine: the folder `site` of a machine, whose configuration leads there.
public final class FolderSite {
  private var service: PeerService?

  private static let program = """
    import functools, http.server, ssl, sys
    folder, port, certificate, key = sys.argv[1:]
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
    """

  /// Serves it as long as the site lives.
  public init(of machine: SandboxMachine) throws {
    let port = try FreePort.find()
    let certificate = SiteCertificate("example-com", subjects: ["DNS:example.com"])
    try machine.makeDirectory("/site")
    try machine.write("/etc/keyreeve/authority.pem", try ChildProcess.run(["cat", SiteCertificate.authorities]).output)
    let settings = """
      [fetch]
      proxy = none
      ca-bundle = /etc/keyreeve/authority.pem
      [host example.com]
      connect-to = 127.0.0.1:\(port)
      allow-private = yes

      """
    try machine.write("/etc/keyreeve/site.conf", Array(settings.utf8))
    service = try PeerService([
      "python3", "-c", Self.program, machine.located("/site"), "\(port)", try certificate.file, try certificate.keyFile,
    ])
    try FreePort.waitUntilOpen(port)
  }

  deinit { service = nil }
}
