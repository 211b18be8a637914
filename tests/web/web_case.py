"""What the tests of the server share: starting it, speaking to it in raw bytes, and the protocol that counts every case."""
import atexit
import collections
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time


class Closed(Exception):
    """The server closed the connection."""


class Server:
    """The echo application on a free port, until stop()."""

    def __init__(self, *limits, listen="127.0.0.1:0", database=None):
        self.data = tempfile.mkdtemp(prefix="jalon-web.")
        self.log = open(os.path.join(self.data, "log"), "w+", encoding="utf-8")
        more = {} if database is None else {"ECHO_DATABASE": database.replace("DATA", self.data)}
        self.process = subprocess.Popen([sys.argv[1], listen, self.data, *limits], stdout=subprocess.PIPE, stderr=self.log, text=True,
                                        env={**os.environ, **more, "JALON_KEY": os.path.join(self.data, "key")})
        atexit.register(self.process.kill)  # whatever becomes of the test
        self.address = self.process.stdout.readline().strip()
        if self.address == "":
            self.process.wait()
            raise RuntimeError("the server does not start: " + self.told())
        if self.address.startswith("unix:"):
            self.place = self.address[5:]
        else:
            host, port = self.address.removeprefix("http://").rsplit(":", 1)
            self.place = (host.strip("[]"), int(port))

    def told(self):
        with open(os.path.join(self.data, "log"), encoding="utf-8") as file:
            return file.read()

    def connect(self):
        return Connection(self.place)

    def get(self, target, **headers):
        with self.connect() as c:
            return c.ask(target, **headers)

    def children(self):
        """Process numbers by name: "front", "worker", "job"."""
        found = collections.defaultdict(list)
        for pid in open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii").read().split():
            try:
                name = open(f"/proc/{pid}/comm", encoding="utf-8").read().strip().removeprefix("jalon: ")
            except OSError:
                continue  # it has just ended
            found[name].append(int(pid))
        return found

    def stop(self, number=signal.SIGTERM, patience=20):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = "had to be killed"
        self.process.stdout.close()
        self.log.close()
        shutil.rmtree(self.data, ignore_errors=True)
        return code


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


class Connection:
    def __init__(self, place, patience=10):
        if isinstance(place, str):
            self.socket = socket.socket(socket.AF_UNIX)
        else:
            self.socket = socket.socket(socket.AF_INET6 if ":" in place[0] else socket.AF_INET)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(patience)
        self.socket.connect(place)
        self.left = bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it had enough: what it said is read all the same

    def more(self):
        try:
            piece = self.socket.recv(1 << 20)
        except ConnectionResetError:
            piece = b""
        if piece == b"":
            raise Closed
        self.left += piece

    def read(self, body=True):
        while b"\r\n\r\n" not in self.left:
            self.more()
        head, self.left = self.left.split(b"\r\n\r\n", 1)
        lines = head.decode("ascii").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, value = line.split(": ", 1)
            if name.lower() in headers:
                raise AssertionError(f"{name} comes twice")
            headers[name.lower()] = value
        length = int(headers.get("content-length", 0)) if body else 0
        while len(self.left) < length:
            self.more()
        text, self.left = bytes(self.left[:length]), self.left[length:]
        return Answer(int(lines[0].split(" ")[1]), headers, text)

    def ask(self, target, method="GET", body=None, **headers):
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode() + (body or b""))
        return self.read(method != "HEAD")

    def serves(self):
        """Whether another request is answered here; False when it was closed."""
        try:
            return self.ask("/hello").status == 200
        except (Closed, socket.timeout):
            return False


def until(what, patience=10):
    """Waits for something to become true."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.02)
    return bool(what())


class Tap:
    def __init__(self):
        self.n = self.failed = 0

    def ok(self, good, name, *more):
        self.n += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} - {name}", flush=True)
        if not good:
            for line in more:
                print(f"# {line}")
        return good

    def skip(self, why):
        self.n += 1
        print(f"ok {self.n} # SKIP {why}")

    def same(self, got, expected, name):
        return self.ok(got == expected, name, f"got {got!r}", f"expected {expected!r}")

    def done(self):
        print(f"1..{self.n}")
        sys.exit(self.failed > 0)
