"""A proxy on loopback that fails some of the requests that it hands on."""

import http.client
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Proxy:
    """Hands requests on to a port of this machine. The fields say what goes wrong, and may be changed at any time."""

    def __init__(self, port):
        self.fail_every = 0  # each n-th request is answered with 503
        self.drop_every = 0  # of each n-th large answer only a half is sent
        self.put_seconds = 0  # how much longer an upload takes
        self.refuse = None  # an ending of paths: requests for such are always answered with 503
        self.requests = []  # method, path, range
        self.failed = self.dropped = self.large = 0
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler(port))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def reset(self, **wrong):
        with self.lock:
            self.fail_every = self.drop_every = self.put_seconds = 0
            self.refuse = None
            self.failed = self.dropped = self.large = 0
            self.requests.clear()
            self.__dict__.update(wrong)

    def fails(self, method, path, span):
        with self.lock:
            self.requests.append((method, path, span))
            fails = self.fail_every and len(self.requests) % self.fail_every == 0
            fails = fails or self.refuse is not None and path.endswith(self.refuse)
            self.failed += bool(fails)
            return fails

    def drops(self, length):
        if length < 1 << 16:
            return False
        with self.lock:
            self.large += 1
            drops = self.drop_every and self.large % self.drop_every == 0
            self.dropped += bool(drops)
            return drops

    def handler(self, port):
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def hand_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if proxy.fails(self.command, self.path, self.headers.get("Range")):
                    self.send_response(503)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                if self.command == "PUT" and proxy.put_seconds:
                    time.sleep(proxy.put_seconds)
                line = http.client.HTTPConnection("127.0.0.1", port)
                line.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self.headers.items():
                    if name.lower() != "connection":
                        line.putheader(name, value)
                line.endheaders(body)
                answer = line.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("connection", "transfer-encoding", "date", "server", "content-length"):
                        self.send_header(name, value)
                length = answer.getheader("Content-Length") if self.command == "HEAD" else len(content)
                self.send_header("Content-Length", length or 0)
                self.end_headers()
                line.close()
                if proxy.drops(len(content)):
                    self.wfile.write(content[: len(content) // 2])
                    self.wfile.flush()
                    self.close_connection = True
                    self.connection.shutdown(2)
                    return
                self.wfile.write(content)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = hand_on

            def log_message(self, *_):
                pass

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

        return Handler
