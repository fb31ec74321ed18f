/// A way to a server that is cut once, after so many octets in one direction.
public final class CutOnceProxy {
  /// Where it listens.
  public let port: Int
  private let folder: TemporaryDirectory
  private let service: PeerService

  /// A way to a port on this machine.
  public init(to target: Int, after octets: Int) throws {
    folder = try TemporaryDirectory(prefix: "kr-once")
    port = try FreePort.find()
    let script = try folder.write("proxy.py", Array(Self.script.utf8))
    service = try PeerService(["python3", script, "\(port)", "\(target)", "\(octets)", folder.path + "/cuts"])
    try FreePort.waitUntilOpen(port)
  }

  /// How often the way was cut.
  public func cuts() throws -> Int { Int(try ChildProcess.run(["cat", folder.path + "/cuts"]).text) ?? 0 }

  private static let script = """
    import socket, sys, threading
    port, target, limit, cuts = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    lock, state = threading.Lock(), {"cuts": 0}
    def end(*all):
        for one in all:
            try: one.shutdown(socket.SHUT_RDWR)
            except OSError: pass
    def isCut(sent):
        with lock:
            if sent <= limit or state["cuts"] > 0: return False
            state["cuts"] += 1
            with open(cuts, "w") as file: file.write("1")
            return True
    def serve(client):
        server = socket.create_connection(("127.0.0.1", target))
        def back():
            try:
                while True:
                    data = server.recv(65536)
                    if not data: break
                    client.sendall(data)
            except OSError: pass
            end(client, server)
        threading.Thread(target=back, daemon=True).start()
        sent = 0
        try:
            while True:
                data = client.recv(65536)
                if not data: break
                server.sendall(data)
                sent += len(data)
                if isCut(sent): break
        except OSError: pass
        end(client, server)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port)); listener.listen(64)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()
    """
}
