/// Stands between a client and a notary-server, and fails uploads in one way; everything else is passed on.
public final class FaultProxy {
  /// What becomes of an upload.
  public enum Fault: String, Sendable, CaseIterable {
    /// The server is not asked, and an error of its kind is answered.
    case refused
    /// The server is not asked, and the connection is cut.
    case cut
    /// The server takes it, and the connection is cut before its answer.
    case lost
    /// The first one is answered as one that somebody else was faster than, without asking the server.
    case overtaken
    /// The server takes it, and a proxy that has given up says 502 with a page of its own.
    case page
  }

  /// Where it listens.
  public let port: Int
  private let folder: TemporaryDirectory
  private let service: PeerService

  /// A proxy before a server.
  public init(_ peer: NotaryPeer, _ fault: Fault) throws {
    port = try FreePort.find()
    folder = try TemporaryDirectory(prefix: "kr-proxy")
    let program = try folder.write("proxy.py", Array(Self.program.utf8))
    service = try PeerService([
      "python3", program, "\(port)", peer.address, fault.rawValue, try SiteCertificate.good.file,
      try SiteCertificate.good.keyFile, try SiteCertificate.authorities,
    ])
    try FreePort.waitUntilOpen(port)
  }

  /// The address.
  public var address: String { "https://localhost:\(port)" }

  private static let program = """
    import sys, ssl, http.server, urllib.request
    port, up, fault, crt, key, ca = sys.argv[1:7]
    context = ssl.create_default_context(cafile=ca)
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'
        answered = False
        def go(self):
            count = int(self.headers.get('Content-Length') or 0)
            body = self.rfile.read(count) if count else None
            isUpload = self.command == 'POST' and self.path.endswith('/_trust/tuf/')
            if isUpload and fault == 'cut':
                self.close_connection = True
                return
            if isUpload and fault == 'refused':
                return self.say(500, 'application/json', b'{"errors":[{"code":"UPDATING","message":"it is broken"}]}')
            if isUpload and fault == 'overtaken' and not Handler.answered:
                Handler.answered = True
                return self.say(400, 'application/json', b'{"errors":[{"code":"VERSION","message":"an old version"}]}')
            headers = {k: v for k, v in self.headers.items() if k.lower() in ('authorization', 'content-type')}
            request = urllib.request.Request(up + self.path, body, headers, method=self.command)
            try: answer = urllib.request.urlopen(request, context=context)
            except urllib.error.HTTPError as error: answer = error
            text = answer.read()
            if isUpload and fault == 'lost':
                self.close_connection = True
                return
            if isUpload and fault == 'page': return self.say(502, 'text/html', b'<html>bad gateway</html>')
            self.say(answer.status, answer.headers.get('Content-Type', ''), text)
        def say(self, status, kind, text):
            self.send_response(status)
            self.send_header('Content-Type', kind)
            self.send_header('Content-Length', str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        do_GET = do_POST = do_DELETE = go
        def log_message(self, *words): pass
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(crt, key)
    server = http.server.ThreadingHTTPServer(('127.0.0.1', int(port)), Handler)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
    """
}
