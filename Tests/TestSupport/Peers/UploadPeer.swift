/// A registry that takes uploads as the OCI distribution specification has them, and loses the first long piece half way.
///
/// It speaks in the clear, to this machine alone. Real registries of the `distribution` family give an upload up that was cut.
public final class UploadPeer {
  /// Where it listens.
  public let port: Int
  private let folder: TemporaryDirectory
  private let service: PeerService

  /// One that cuts the first piece of more than so many octets after half of it.
  public init(cuttingAbove limit: Int) throws {
    folder = try TemporaryDirectory(prefix: "kr-upload")
    port = try FreePort.find()
    let script = try folder.write("registry.py", Array(Self.script.utf8))
    service = try PeerService(["python3", script, "\(port)", "\(limit)", folder.path + "/log"])
    try FreePort.waitUntilOpen(port)
  }

  /// What it was asked, one line each: the method, and of a piece where it begins and how much of it came in.
  public var log: [String] {
    get throws {
      try ChildProcess.run(["cat", folder.path + "/log"]).text.split(separator: "\n").map(String.init)
    }
  }

  private static let script = """
    import hashlib, http.server, sys
    port, limit, log = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    uploads, blobs, manifests, state = {}, {}, {}, {"cut": False}
    def note(*words):
        with open(log, "a") as file: file.write(" ".join(map(str, words)) + "\\n")
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def log_message(self, *words): pass
        def answer(self, status, body=b"", **headers):
            self.send_response(status)
            for name, value in headers.items(): self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD": self.wfile.write(body)
        def place(self): return self.path.split("?")[0]
        def body(self): return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        def do_HEAD(self): self.answer(200 if self.place().split("/")[-1] in blobs else 404)
        def do_POST(self):
            self.body()
            uploads["u"] = b""
            note("POST")
            self.answer(202, Location="/v2/team/app/blobs/uploads/u", Range="0-0")
        def do_GET(self):
            name = self.place().split("/")[-1]
            if "/manifests/" in self.path:
                return self.answer(200, manifests[name], Content_Type="application/vnd.oci.image.manifest.v1+json")
            note("GET", len(uploads[name]))
            self.answer(204, Location="/v2/team/app/blobs/uploads/u", Range="0-%d" % (len(uploads[name]) - 1))
        def do_PATCH(self):
            length, start = int(self.headers["Content-Length"]), int(self.headers.get("Content-Range", "0-0").split("-")[0])
            if start != len(uploads["u"]): return self.answer(416)
            cuts = length > limit and not state["cut"]
            data = self.rfile.read(length // 2 if cuts else length)
            uploads["u"] += data
            note("PATCH", start, len(data))
            if cuts:
                state["cut"] = True
                self.close_connection = True
                return self.connection.close()
            self.answer(202, Location="/v2/team/app/blobs/uploads/u", Range="0-%d" % (len(uploads["u"]) - 1))
        def do_PUT(self):
            data = self.body()
            digest = "sha256:" + hashlib.sha256(data).hexdigest()
            if "/manifests/" in self.path:
                manifests[self.place().split("/")[-1]] = manifests[digest] = data
                return self.answer(201)
            wanted = self.path.split("digest=")[1].replace("%3A", ":")
            found = "sha256:" + hashlib.sha256(uploads["u"]).hexdigest()
            note("PUT", wanted == found)
            if wanted == found: blobs[found] = uploads.pop("u")
            self.answer(201 if wanted == found else 400)
    http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
    """
}
