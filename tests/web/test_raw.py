"""The front against raw bytes: every line of tests/cases/http.tsv, sent whole and in small pieces. Usage: test_raw.py ECHO_APP"""
import os
import re
import socket
import time

from web_case import Closed, Server, Tap

SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
}


def unescape(text):
    text = text.replace("{H}", "Host: localhost\\r\\n")
    text = re.sub(r"\{([^{}*]+)\*(\d+)\}", lambda m: m[1] * int(m[2]), text)
    marks = {"r": "\r", "n": "\n", "t": "\t", "0": "\0", "\\": "\\"}
    text = re.sub(r"\\(x[0-9a-f]{2}|.)", lambda m: chr(int(m[1][1:], 16)) if m[1][0] == "x" else marks[m[1]], text)
    return text.encode("latin-1")


def pieces(data, size):
    return [data] if size == 0 else [data[i:i + size] for i in range(0, len(data), size)]


def unsafe(answer):
    """What is missing among the headers of every answer."""
    missing = [name for name, value in SAFE.items() if answer.headers.get(name) != value]
    if "default-src 'none'" not in answer.headers.get("content-security-policy", ""):
        missing.append("content-security-policy")
    return missing


def talk(server, data, expected, size):
    """What came: as the first column of the table writes it."""
    statuses, end = expected.rsplit(" ", 1) if " " in expected else ("", expected)
    wanted = [s for s in statuses.split(",") if s != ""]
    got = []
    with server.connect() as c:
        for number, part in enumerate(data.split(b"{wait}")):
            if number > 0:
                got.append(str(c.read(False).status))
            for piece in pieces(part, size):
                c.send(piece)
        try:
            while len(got) < len(wanted):
                headless = wanted[len(got)].endswith("h")
                answer = c.read(not headless)
                got.append(f"{answer.status}{'h' if headless else ''}")
                if unsafe(answer):
                    return "unsafe: " + " ".join(unsafe(answer))
        except Closed:
            return ",".join(got) + " closed"
        except socket.timeout:
            return ",".join(got) + " silent"
        if end == "waits":
            c.socket.settimeout(0.1)
            try:
                c.more()
            except socket.timeout:
                return "waits"
            except Closed:
                return "closed"
            return "answered"
        if end == "closed":
            c.socket.settimeout(5)
            try:
                c.more()
            except Closed:
                return ",".join(got) + " closed"
            except socket.timeout:
                return ",".join(got) + " open"
            return ",".join(got) + " and more"
        return ",".join(got) + (" open" if c.left == b"" and c.serves() else " closed")


tap = Tap()
server = Server("quiet")
table = os.path.join(os.environ["JALON_SOURCE"], "tests/cases/http.tsv")
started = time.monotonic()
for line in open(table, encoding="utf-8"):
    line = line.rstrip("\n")
    if line == "" or line.startswith("#"):
        continue
    expected, name, text = line.split("\t")
    data = unescape(text)
    for size, how in ((0, "whole"), (1 if len(data) < 300 else 997, "in pieces")):
        tap.same(talk(server, data, expected, size), expected, f"{name} ({how})")
tap.same(server.get("/hello").status, 200, "after all of them the server serves")
tap.same(server.told(), "", "and none of its processes ended")
tap.same(server.stop(), 0, "it ends as asked")
print(f"# {time.monotonic() - started:.1f} s")
tap.done()
