import Glibc

/// A way to a server that can be cut in the middle of what is sent, without a look into it: TLS passes through.
public final class CuttingProxy {
  /// What becomes of a long message to the server.
  public enum Mode: String, Sendable {
    /// It passes, and so does the answer.
    case pass
    /// It never comes in.
    case cut
    /// It comes in, and the answer is lost.
    case mute
  }

  /// Where it listens.
  public let port: Int
  private let folder: TemporaryDirectory
  private let service: PeerService

  /// Octets between two answers from which on a message is long: more than a handshake and a question.
  private static let long = 3_000

  /// A way to a port on this machine.
  public init(to target: Int) throws {
    folder = try TemporaryDirectory(prefix: "kr-proxy")
    port = try FreePort.find()
    let script = try folder.write("proxy.py", Array(Self.script.utf8))
    _ = try folder.write("mode", Array(Mode.pass.rawValue.utf8))
    service = try PeerService(["python3", script, "\(port)", "\(target)", folder.path + "/mode", "\(Self.long)"])
    try FreePort.waitUntilOpen(port)
  }

  /// The address, as clients take it.
  public var address: String { "https://localhost:\(port)" }

  /// Says what becomes of long messages from now on.
  public func set(_ mode: Mode) throws { _ = try folder.write("mode", Array(mode.rawValue.utf8)) }

  private static let script = """
    import socket, sys, threading, time
    port, target, mode, long = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    def end(*all):
        for one in all:
            try: one.shutdown(socket.SHUT_RDWR)
            except OSError: pass
    def serve(client):
        server = socket.create_connection(("127.0.0.1", target))
        state = {"sent": 0, "mute": False}
        def back():
            try:
                while True:
                    data = server.recv(65536)
                    if not data: break
                    if state["mute"]:
                        # The rest of the message may still be on its way in.
                        time.sleep(1)
                        break
                    state["sent"] = 0
                    client.sendall(data)
            except OSError: pass
            end(client, server)
        threading.Thread(target=back, daemon=True).start()
        try:
            while True:
                data = client.recv(65536)
                if not data: break
                state["sent"] += len(data)
                if state["sent"] > long:
                    what = open(mode).read()
                    if what == "cut": break
                    if what == "mute": state["mute"] = True
                server.sendall(data)
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
