"""How the server lives: start, stop, renewal, children that die, clients that are slow or many, confinement. Usage: test_life.py ECHO_APP"""
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

from web_case import Closed, Server, Tap, until

tap = Tap()


def alive(pid):
    try:
        return open(f"/proc/{pid}/stat", encoding="utf-8").read().rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False


def all_there(server, workers):
    names = server.children()
    return len(names.get("front", [])) == 1 and len(names.get("job", [])) == 1 and len(names.get("worker", [])) == workers


def in_background(work):
    """Runs it in a thread; what it gave is in the list afterwards."""
    got = []

    def run():
        try:
            got.append(work())
        except (Closed, OSError) as e:
            got.append(e)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, got


def ended(connection, patience):
    """The seconds until the server closed it, and what it said before; None when it did not."""
    start = time.monotonic()
    connection.socket.settimeout(patience)
    try:
        while True:
            connection.more()
    except Closed:
        return time.monotonic() - start, bytes(connection.left)
    except socket.timeout:
        return None, bytes(connection.left)


# Beginning
server = Server("workers=3")
tap.ok(all_there(server, 3), "a front, a job process and as many workers as asked", server.children())
everybody = [pid for pids in server.children().values() for pid in pids]
for name, pids in server.children().items():
    for pid in pids:
        status = open(f"/proc/{pid}/status", encoding="ascii").read()
        tap.ok("Seccomp:\t2" in status and "NoNewPrivs:\t1" in status, f"{name}: its system calls are filtered, for good")
        tap.ok("0 " in re.search(r"Max core file size +(\S+ +\S+)", open(f"/proc/{pid}/limits", encoding="ascii").read())[1],
               f"{name}: leaves no core file")
opened = [os.readlink(f"/proc/{server.children()['front'][0]}/fd/{fd}") for fd in os.listdir(f"/proc/{server.children()['front'][0]}/fd")]
tap.ok(all(re.match(r"socket:|anon_inode:|/dev/null|pipe:|.*/log$", name) for name in opened),
       "the front holds sockets and its log, and no file", opened)
other = subprocess.run([sys.argv[1], server.address.removeprefix("http://"), server.data], capture_output=True, text=True, check=False)
tap.ok(other.returncode == 1 and "cannot listen" in other.stderr, "a second server on the same port is refused", other.stderr)
tap.same(server.stop(signal.SIGINT), 0, "Ctrl-C ends it")
tap.ok(until(lambda: not any(alive(pid) for pid in everybody)), "and all its children")

other = subprocess.run([sys.argv[1], "0.0.0.0:0", "/tmp"], capture_output=True, text=True, check=False)
tap.ok(other.returncode == 1 and "encrypted" in other.stderr, "an address that others can reach is refused", other.stderr)
other = subprocess.run([sys.argv[1], "localhost", "/tmp"], capture_output=True, text=True, check=False)
tap.ok(other.returncode == 1, "an address without a port is refused", other.stderr)
other = subprocess.run([sys.argv[1], "127.0.0.1:0", "/tmp", "refuse"], capture_output=True, text=True, check=False)
tap.ok(other.returncode == 1 and "never opens. as it was asked to" in other.stderr, "an application that cannot open ends the server, "
       "and says why", other.stderr)
server = Server("expose", "quiet", listen="0.0.0.0:0")
with socket.create_connection(("127.0.0.1", server.place[1])) as c:
    c.sendall(b"GET /hello HTTP/1.1\r\nHost: any.example\r\nConnection: close\r\n\r\n")
    tap.ok(b" 200 OK" in c.recv(100), "unless it was asked for knowingly")
server.stop()

# What a worker cannot do
server = Server("quiet")
landlock = "no Landlock" not in server.told()
files = ("EACCES",) if landlock else ("EACCES", "done")
for what, path, allowed in (("read", "/etc/passwd", files), ("read", "/proc/self/environ", files), ("read", "/proc/1/status", files),
                            ("read", server.data + "/../../etc/passwd", files), ("read", "/", files),
                            ("write", "/tmp/jalon-web-planted", files), ("write", "/dev/null", files),
                            ("remove", "/tmp/jalon-web-planted", files), ("link", server.data + "/link", ("EPERM",)),
                            ("exec", "", ("EPERM",)), ("socket", "", ("EPERM",)), ("fork", "", ("EPERM",)), ("ptrace", "", ("EPERM",)),
                            ("kill", "", ("EPERM",)), ("keyctl", "", ("EPERM",)), ("bpf", "", ("EPERM",)), ("userfaultfd", "", ("EPERM",)),
                            ("unshare", "", ("EPERM",))):
    open("/tmp/jalon-web-planted", "w", encoding="ascii").close()
    got = server.get(f"/probe/{what}?path={path}").body.decode().strip()
    tap.ok(got in allowed, f"a worker cannot {what} {path}".strip(), f"got {got}")
os.unlink("/tmp/jalon-web-planted")
tap.same(server.get(f"/probe/write?path={server.data}/kept").body, b"done\n", "it can write under the data folder")
tap.same(server.get(f"/probe/read?path={server.data}/kept").body, b"done\n", "and read there")
tap.same(server.get(f"/probe/remove?path={server.data}/kept").body, b"done\n", "and remove")
os.symlink("/etc/passwd", server.data + "/outside")
got = server.get(f"/probe/read?path={server.data}/outside").body.decode().strip()
tap.ok(got in files, "a link there leads nowhere else", got)

# The engines of the database, from inside
for engine, place in (("SQLite", "DATA/jalon.db"), ("PostgreSQL", os.environ.get("JALON_TEST_POSTGRES"))):
    if place is None:
        tap.skip(f"{engine}: no server for the tests")
        continue
    confined = Server("workers=2", "quiet", database=place)
    for _ in range(2):
        got = confined.get("/database").body
        tap.same(got, b"migrations=1\nsorted=300000\nwritten=1\n", f"{engine} reads, sorts and writes under confinement")
    tap.same(confined.stop(), 0, "and closes")

# Work that takes long
open(server.data + "/todo", "w", encoding="ascii").close()
server.get("/ring")
tap.ok(until(lambda: os.path.exists(server.data + "/done")), "a ring wakes the job process, which does what there is to do")
os.unlink(server.data + "/done")
open(server.data + "/todo", "w", encoding="ascii").close()
os.kill(server.children()["job"][0], signal.SIGKILL)
tap.ok(until(lambda: os.path.exists(server.data + "/done")), "when it dies another takes up what is left")
tap.same(server.stop(), 0, "it ends as asked")

# Workers that die
server = Server("workers=2", "answer_ms=700")
for how, wanted in (("crash", 500), ("abort", 500), ("exit", 500), ("hang", 503)):
    page = server.get(f"/misbehave/{how}")
    tap.same(page.status, wanted, f"a worker that ends by {how} costs one request")
    tap.ok("<h1>" in page.body.decode() and "/static/jalon." in page.body.decode(), "which is told in plain words")
    tap.same(server.get("/hello").status, 200, "the next one is answered")
    tap.ok(until(lambda: all_there(server, 2)), "and another worker takes its place", server.children())
before = sorted(server.children()["worker"])
tap.same(server.get("/misbehave/leave").status, 200, "a worker that wants to be replaced answers first")
tap.ok(until(lambda: all_there(server, 2) and sorted(server.children()["worker"]) != before), "and is replaced")
with server.connect() as c:
    for _ in range(12):
        c.ask("/misbehave/crash")
    tap.ok(c.serves(), "the connection survives twelve of them in a row")
tap.ok(until(lambda: all_there(server, 2)), "all workers are back")
front = server.children()["front"][0]
os.kill(front, signal.SIGKILL)
tap.ok(until(lambda: all_there(server, 2) and server.children()["front"] != [front]), "a front that dies is replaced")
tap.ok(until(lambda: server.get("/hello").status == 200), "and serves")
everybody = [pid for pids in server.children().values() for pid in pids]
server.process.kill()
server.process.wait()
tap.ok(until(lambda: not any(alive(pid) for pid in everybody)), "no child survives its parent")
server.stop()

# More requests than workers
server = Server("workers=1", "queue=3", "per_asker=3", "wait_ms=3000", "quiet")
busy = [in_background(lambda: server.get("/sleep?ms=600").status) for _ in range(4)]
time.sleep(0.2)
refused = server.get("/hello")
tap.same((refused.status, refused.headers.get("retry-after")), (503, "5"), "one at work, three waiting: the next is told to come back")
for thread, _ in busy:
    thread.join()
tap.same([got for _, got in busy], [[200]] * 4, "those that waited are answered")
tap.same(server.get("/hello").status, 200, "and so is the next one")
server.stop()

# A worker that could do nothing because somebody else writes
server = Server("workers=1", "wait_ms=1500", "quiet")
began = time.monotonic()
with server.connect() as c:
    got = c.ask("/busy?n=4", "POST", body=b"kept")
tap.same((got.status, got.body), (200, b"4\nkept"), "a request that could not be done is asked again, body and all")
tap.ok(time.monotonic() - began > 0.1, "after a while each time")
thread, got = in_background(lambda: server.get("/busy?n=1000000").status)
times = []
for _ in range(20):
    began = time.monotonic()
    server.get("/hello")
    times.append(time.monotonic() - began)
tap.ok(sorted(times)[10] < 0.2, "meanwhile the worker answers others")
gone = server.connect()
gone.send(b"GET /busy?n=1000000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
time.sleep(0.1)
gone.socket.close()
thread.join()
tap.same(got, [503], "in the end the worker's own answer is shown")
tap.same(server.get("/hello").status, 200, "somebody who left while waiting does no harm")
large = server.connect()
tap.same(large.ask("/busy?n=1000000", "POST", body=b"x" * 100000).status, 503, "a large body has been given away: its answer is shown at once")
server.stop()

server = Server("workers=1", "wait_ms=500", "answer_ms=30000", "quiet")
thread, got = in_background(lambda: server.get("/sleep?ms=2500").status)
time.sleep(0.2)
tap.same(server.get("/hello").status, 503, "who has waited too long is told so")
tap.same(server.get("/health").status, 503, "and the supervision too")
thread.join()
tap.same(got, [200], "the long one is answered all the same")
server.stop()

server = Server("workers=1", "per_asker=2", "proxy", "quiet")
many = [in_background(lambda: server.get("/sleep?ms=300", X_Forwarded_For="1.1.1.1").status) for _ in range(8)]
time.sleep(0.15)
one = server.get("/hello", X_Forwarded_For="2.2.2.2").status
for thread, _ in many:
    thread.join()
tap.same(one, 200, "one address cannot take all places of the queue")
tap.same(sorted(got[0] for _, got in many), [200] * 3 + [503] * 5, "beyond its share it is told to come back")
server.stop()

# The end, with work under way
server = Server("workers=2")
idle = server.connect()
idle.ask("/hello")
thread, got = in_background(lambda: server.get("/sleep?ms=800"))
long_body = server.connect()
long_body.send(b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nabc")
time.sleep(0.2)
server.process.send_signal(signal.SIGTERM)
tap.ok(ended(idle, 5)[0] is not None, "asked to end, it closes connections that ask for nothing")
time.sleep(0.1)
try:
    server.connect()
    tap.ok(False, "and takes no new ones")
except ConnectionRefusedError:
    tap.ok(True, "and takes no new ones")
long_body.send(b"def")
tap.same(long_body.read().status, 200, "a request that was coming in is answered")
long_body.socket.close()
thread.join()
tap.ok(got[0].status == 200 and got[0].headers.get("connection") == "close", "the one at work ends as it would have")
tap.same(server.stop(), 0, "then it ends")

server = Server("stop_ms=500")
thread, got = in_background(lambda: server.get("/sleep?ms=20000"))
time.sleep(0.2)
start = time.monotonic()
code = server.stop()
tap.ok(code == 0 and time.monotonic() - start < 5, "what takes too long is not waited for")
thread.join()

# Renewal of the workers, under load
server = Server("workers=2", "quiet")
before = set(server.children()["worker"])
stop = threading.Event()
results = []


def ask_on():
    with server.connect() as c:
        while not stop.is_set():
            results.append(c.ask("/hello").status)


asking = [in_background(ask_on) for _ in range(4)]
time.sleep(0.2)
server.process.send_signal(signal.SIGHUP)
renewed = until(lambda: all_there(server, 2) and not before & set(server.children()["worker"]))
time.sleep(0.2)
stop.set()
for thread, _ in asking:
    thread.join()
tap.ok(renewed, "SIGHUP replaces every worker")
tap.ok(set(results) == {200} and all(got == [None] for _, got in asking), f"and none of {len(results)} requests is lost",
       set(results), [got for _, got in asking])
tap.same(server.told(), "", "and nothing is told of it")
server.stop()

# Slow clients
server = Server("head_ms=1500", "idle_ms=1500", "body_ms=1000", "write_ms=1000", "slowest=100000", "quiet", "per_address=1000")
slow = [server.connect() for _ in range(500)]
for c in slow:
    c.send(b"GET /hello HTTP/1.1\r\nHost: localhost\r\n")
start = time.monotonic()
tap.ok(all(server.get("/hello").status == 200 for _ in range(50)), "beside 500 slow clients honest ones are answered")
for c in slow:
    c.send(b"X: y\r\n")
tap.ok(slow[0].socket.fileno() >= 0 and ended(slow[0], 5)[0] is not None, "a head that comes too slowly is not waited for")
closed = [ended(c, 5) for c in slow[1:]]
tap.ok(all(seconds is not None and b"408" in said for seconds, said in closed), "all 500 are told, and closed")
tap.ok(all(server.get("/hello").status == 200 for _ in range(5)), "the server serves on")
for c in slow:
    c.socket.close()
with server.connect() as c:
    seconds, said = ended(c, 5)
    tap.ok(seconds is not None and said == b"", "who connects and says nothing is closed without a word")
with server.connect() as c:
    c.ask("/hello")
    seconds, said = ended(c, 5)
    tap.ok(seconds is not None and said == b"", "so is a connection between two requests")
with server.connect() as c:
    c.send(b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc")
    seconds, said = ended(c, 6)
    tap.ok(seconds is not None and b"408" in said, "a body that does not come is not waited for", seconds, said[:80])
with server.connect() as c:
    c.send(b"GET /page?n=20000000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
    time.sleep(4)
    seconds, said = ended(c, 6)
    tap.ok(seconds is not None and len(said) < 20000000, "an answer that nobody reads is not held for ever", seconds, len(said))
server.stop()

# Many connections
server = Server("connections=40", "per_address=20", "quiet")
held = []
for _ in range(60):
    c = server.connect()
    c.send(b"GET ")
    held.append(c)
tap.ok(all(server.get("/hello").status == 200 for _ in range(10)), "who holds many connections open pushes out its own, not others")
tap.ok(ended(held[0], 2)[0] is not None, "the oldest goes first")
for c in held:
    c.socket.close()
server.stop()

server = Server("bodies=100000", "quiet")
first = server.connect()
first.send(b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n")
time.sleep(0.1)
second = server.get("/x", method="POST", body=b"x" * 90000)
tap.same((second.status, second.headers.get("connection")), (503, "close"), "bodies beyond what memory holds are told to come back")
first.send(b"x" * 90000)
tap.same(first.read().status, 200, "the one before is taken whole")
first.socket.close()
tap.same(server.get("/x", method="POST", body=b"x" * 90000).status, 200, "and its room is given back")
server.stop()
tap.done()
