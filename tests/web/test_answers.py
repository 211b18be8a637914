"""Requests and answers as they pass through the front and a worker. Usage: test_answers.py ECHO_APP"""
import calendar
import gzip
import os
import random
import re
import socket
import time
import zlib

from web_case import Closed, Server, Tap, until

tap = Tap()


def fields(answer):
    return dict(line.split("=", 1) for line in answer.body.decode(errors="replace").split("\n") if "=" in line)


def memory(pid, name):
    for line in open(f"/proc/{pid}/status", encoding="ascii"):
        if line.startswith(name + ":"):
            return int(line.split()[1]) // 1024
    return 0


def multipart(size):
    start = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    return start + random.randbytes(size - len(start) - 9) + b"\r\n--x--\r\n"


sanitized = "ASAN_OPTIONS" in os.environ  # a sanitizer takes memory of its own
server = Server("quiet")

# What the application is given
got = fields(server.get("/caf%C3%A9/%2525?q=%20a", Cookie="s=1", Accept_Language="ar", User_Agent="Lynx", If_None_Match='"x"',
                        Origin="http://localhost", Sec_Fetch_Site="same-origin", Content_Type="a/b",
                        X_Forwarded_For="9.9.9.9", X_Forwarded_Proto="https"))
tap.same(got, {"method": "GET", "path": "/café/%25", "query": "q=%20a", "host": "localhost", "type": "a/b", "cookie": "s=1",
               "language": "ar", "agent": "Lynx", "match": '"x"', "origin": "http://localhost", "site": "same-origin",
               "peer": "127.0.0.1", "secure": "0", "body": "0", "sum": "0", "text": ""},
         "the application gets each part of a request, and no proxy's word where there is none")
got = fields(server.get("/x"))
tap.ok("query" not in got and "cookie" not in got, "what was not sent is absent")
raw = server.connect()
raw.send(b"GET /x HTTP/1.1\r\nHost: localhost\r\nCookie: s=\xe9\r\nUser-Agent: \xff\r\n\r\n")
got = fields(raw.read())
tap.ok("cookie" not in got and "agent" not in got, "headers that are not UTF-8 count as not sent")

# Bodies, around the size where they travel beside the message
for size in (1, 100, 60000, 65535, 65536, 65537, 200000, 8 << 20):
    body = random.randbytes(size)
    got = fields(server.get("/x", method="POST", body=body))
    tap.same((got["body"], got["sum"]), (str(size), str(zlib.crc32(body))), f"a body of {size} bytes arrives whole")
with server.connect() as c:
    bodies = [random.randbytes(random.choice((3, 70000))) for _ in range(20)]
    c.send(b"".join(b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s" % (len(b), b) for b in bodies))
    sums = [fields(c.read())["sum"] for _ in bodies]
    tap.same(sums, [str(zlib.crc32(b)) for b in bodies], "twenty bodies sent in a row are told apart, and answered in order")

# Sixty-four megabytes
body = multipart(64 << 20)
kind = {"Content-Type": "multipart/form-data; boundary=x"}
got = fields(server.get("/x", method="POST", body=body, **kind))
tap.same((got["body"], got["sum"]), (str(len(body)), str(zlib.crc32(body))), "an upload of 64 MiB arrives whole")
children = server.children()
front = memory(children["front"][0], "VmHWM")
worker = max(memory(pid, "RssAnon") for pid in children["worker"])
tap.ok(sanitized or front < 16, "the front takes under 16 MB for it", f"{front} MB")
tap.ok(sanitized or worker < 40, "a worker keeps under 40 MB of its own", f"{worker} MB")

# Answers
tap.same(len(server.get("/page?n=0").body), 0, "an empty page")
for size in (1, 60000, 65536, 65537, 3000000):
    plain = server.get(f"/page?n={size}")
    packed = server.get(f"/page?n={size}", Accept_Encoding="br, gzip;q=0.8")
    tap.same(len(plain.body), size, f"an answer of {size} bytes")
    same = gzip.decompress(packed.body) == plain.body if size > 700 else packed.body == plain.body
    tap.ok(same and ("content-encoding" in packed.headers) == (size > 700), f"the same of {size} bytes for who reads gzip")
tap.ok("content-encoding" not in server.get("/page?n=9000", Accept_Encoding="gzip;q=0, br").headers, "who refuses gzip gets none")
tap.ok("content-encoding" not in server.get("/file?n=9000", Accept_Encoding="gzip").headers, "a file is sent as it is")
tap.same(len(server.get("/file?n=100000000").body), 100000000, "a file of 100 MB")
tap.ok(sanitized or memory(children["front"][0], "VmHWM") < 16, "the front still takes under 16 MB")
for target in ("/page?n=5000", "/page?n=100000", "/file?n=5000"):
    with server.connect() as c:
        head, get = c.ask(target, "HEAD"), c.ask(target)
        for answer in (head, get):
            del answer.headers["x-worker"], answer.headers["date"]
        tap.ok(head.headers == get.headers and len(get.body) > 0, f"HEAD tells of {target} what GET does",
               f"{head.headers}", f"{get.headers}")
for status in (204, 304):
    with server.connect() as c:
        answer = c.ask(f"/nothing?status={status}")
        tap.ok(answer.status == status and "content-length" not in answer.headers and c.serves(), f"{status} has no body nor length")
date = server.get("/hello").headers["date"]
tap.ok(re.fullmatch(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", date), "the date is written as HTTP wants it", date)
tap.ok("strict-transport-security" not in server.get("/hello").headers, "no promise of TLS without TLS")
tap.same(server.get("/health").body, b"ok\n", "a worker says that it lives")

# Files that are part of the program
page = server.get("/misbehave/abort").body.decode()
address = re.search(r'href="(/static/jalon\.[0-9a-f]{12}\.css)"', page)[1]
sheet = server.get(address)
tap.same((sheet.status, sheet.headers["content-type"]), (200, "text/css; charset=utf-8"), "the style sheet that a page names is there")
tap.same(sheet.headers["cache-control"], "public, max-age=31536000, immutable", "under that name it lasts")
tap.ok("accept-encoding" in sheet.headers.get("vary", "").lower(), "caches are told that it comes in two forms")
tap.same(gzip.decompress(server.get(address, Accept_Encoding="gzip").body), sheet.body, "the same compressed")
with server.connect() as c:
    for match in (sheet.headers["etag"], "W/" + sheet.headers["etag"], '"a", ' + sheet.headers["etag"], "*"):
        answer = c.ask(address, If_None_Match=match)
        tap.same((answer.status, answer.body), (304, b""), f"who has it already is told so: {match}")
    tap.same(c.ask(address, If_None_Match='"a"').status, 200, "who has another one gets it")
    tap.same(c.ask(address, "HEAD").headers["content-length"], str(len(sheet.body)), "HEAD of a file")
    tap.same(c.ask("/static/jalon.css").headers["cache-control"], "no-cache", "without the mark in its name it is asked for again")
    for missing in ("/static/jalon.000000000000.css", "/static/", "/static/passwd", "/static/a/b"):
        tap.same(c.ask(missing).status, 404, f"no {missing}")

# The plain pages speak the reader's language
tap.ok("Cette page n’existe pas" in server.get("/static/x").body.decode(), "in French by default")
tap.ok("There is no such page" in server.get("/static/x", Accept_Language="en-GB,fr;q=0.5").body.decode(), "in English when it comes first")
tap.ok("Cette page n’existe pas" in server.get("/static/x", Accept_Language="ar,fr;q=0.5,en;q=0.3").body.decode(), "else in French")
tap.same(server.stop(), 0, "it ends as asked")

# Behind a proxy
server = Server("quiet", "proxy")
got = fields(server.get("/x", X_Forwarded_For="1.1.1.1, 2.2.2.2", X_Forwarded_Proto="https"))
tap.same((got["peer"], got["secure"]), ("2.2.2.2", "1"), "behind a proxy its word counts, and only the last address is its own")
answer = server.get("/hello", X_Forwarded_Proto="https")
tap.same(answer.headers.get("strict-transport-security"), "max-age=63072000", "and TLS is promised for the future")
with server.connect() as c:
    c.send(b"GET /hello HTTP/1.1\r\nHost: jalon.clermont-ferrand.example\r\n\r\n")
    tap.same(c.read().status, 200, "the proxy answers for the name")
server.stop()

# Requests and query stay out of the log
server = Server()
server.get("/hello?SECRETQUERY=1", Cookie="SECRETCOOKIE=1", User_Agent="SECRETAGENT")
server.get("/people/SECRETPATH")
server.get("/misbehave/abort?SECRETQUERY")
with server.connect() as c:
    c.send(b"GET /SECRETPATH%00 HTTP/1.1\r\nHost: SECRETHOST\r\n\r\n")
    c.read()
until(lambda: "GET /hello 200 6" in server.told())
told = server.told()
line = re.search(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) GET /hello 200 6 \d+\.\dms$", told, re.M)
tap.ok(line, "the log tells moment, route, status, bytes, time", told)
told_at = calendar.timegm(time.strptime(line[1], "%Y-%m-%dT%H:%M:%SZ")) if line else 0
tap.ok(abs(told_at - time.time()) < 60, "and the moment is now")
tap.ok(re.search(r"^\S+ GET - 200 \d+ ", told, re.M), "a request that has no route is counted without its path", told)
tap.ok("ended by signal 6 at work on /misbehave/{how}" in told, "the log tells which route a worker was lost on", told)
tap.ok("SECRET" not in told and "127.0.0.1" not in told, "the log holds no path, query, cookie, agent, host or address", told)
server.stop()

# A socket in the file system
path = f"/tmp/jalon-web-{os.getpid()}.socket"
stale = socket.socket(socket.AF_UNIX)
stale.bind(path)
stale.close()
server = Server("quiet", listen="unix:" + path)
got = fields(server.get("/x"))
tap.same((got["body"], got.get("peer")), ("0", ""), "a socket in the file system serves, in place of one that was left behind")
tap.same(os.stat(path).st_mode & 0o777, 0o660, "its owner and group may use it")
with server.connect() as c:
    c.send(b"GET /hello HTTP/1.1\r\nHost: any.example\r\n\r\n")
    tap.same(c.read().status, 200, "whoever may use it decides about the name")
server.stop()
tap.ok(not os.path.exists(path), "it is removed at the end")

# Clients that leave in the middle
server = Server("quiet")
for _ in range(30):
    with server.connect() as c:
        c.send(b"GET /sleep?ms=20 HTTP/1.1\r\nHost: localhost\r\n\r\n")
    with server.connect() as c:
        c.send(b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nabc")
    with server.connect() as c:
        c.send(b"GET /page?n=3000000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
with server.connect() as c:
    c.send(b"GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n")
    c.socket.shutdown(socket.SHUT_WR)
    tap.same(c.read().body, b"hello\n", "who says that nothing more comes still gets the answer")
    try:
        c.more()
        tap.ok(False, "and then the end")
    except Closed:
        tap.ok(True, "and then the end")
time.sleep(0.8)
tap.same(server.get("/hello").status, 200, "clients that leave in the middle do no harm")
files = len(os.listdir(f"/proc/{server.children()['front'][0]}/fd"))
tap.ok(files < 20, "and leave no file open in the front", f"{files} files")
server.stop()
tap.done()
