"""A Kubernetes API server of the few words that the operator speaks: list, watch, get, create, update, apply, delete.

It keeps what it is given, validates nothing and runs no controller.
"""

import base64
import copy
import hashlib
import http.server
import json
import queue
import ssl
import struct
import subprocess
import threading
import urllib.parse

WEBSOCKET = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
RULES = {  # before it stands for election, the operator asks whether it may
    "incomplete": False,
    "nonResourceRules": [],
    "resourceRules": [{"apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "verbs": ["get", "create", "update"]}],
}


def place(path):
    """(collection, namespace, name, subresource) of a request's path."""
    words = path.strip("/").split("/")
    root = 2 if words[0] == "api" else 3
    namespace = ""
    if words[root : root + 1] == ["namespaces"] and len(words) > root + 2:
        namespace = words[root + 1]
        words[root : root + 2] = []
    name, subresource = (words[root + 1 :] + ["", ""])[:2]
    return "/".join(words[: root + 1]), namespace, name, subresource


def text_frame(data):
    """Of a web socket; its length takes no more bytes than it needs."""
    if len(data) < 126:
        return struct.pack(">BB", 0x81, len(data)) + data
    return struct.pack(">BBH", 0x81, 126, len(data)) + data if len(data) < 1 << 16 else struct.pack(">BBQ", 0x81, 127, len(data)) + data


class Server:
    def __init__(self):
        self.objects = {}  # collection -> {(namespace, name): object}
        self.watches = []  # (collection, queue)
        self.version = 0
        self.lock = threading.RLock()

    def start(self, port, certificate):
        """Writes its certificate, for the clients to trust, and answers until the process ends."""
        key = certificate.with_suffix(".key")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-subj", "/CN=api", "-addext", "subjectAltName=IP:127.0.0.1"]
            + ["-keyout", key, "-out", certificate],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler(self))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def get(self, collection, namespace, name):
        with self.lock:
            return copy.deepcopy(self.objects.get(collection, {}).get((namespace, name), {}))

    def list(self, collection):
        with self.lock:
            items = list(self.objects.get(collection, {}).values())
            return {"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": str(self.version)}, "items": items}

    def put(self, collection, given):
        """Keeps an object and tells those who watch; its generation grows when its spec changes."""
        with self.lock:
            metadata = given["metadata"]
            place = (metadata.get("namespace", ""), metadata["name"])
            known = self.objects.setdefault(collection, {})
            old = known.get(place, {})
            self.version += 1
            same = old.get("spec") == given.get("spec")
            generation = old.get("metadata", {}).get("generation", 0) + (0 if old and same else 1)
            kept = {"uid": f"uid-{self.version}", "creationTimestamp": "2026-01-01T00:00:00Z"} | old.get("metadata", {}) | metadata
            new = old | given | {"metadata": kept | {"generation": generation, "resourceVersion": str(self.version)}}
            known[place] = new
            self.tell(collection, "MODIFIED" if old else "ADDED", new)
            return new

    def put_subresource(self, collection, namespace, name, subresource, given):
        part = {subresource: given.get(subresource, {})} if subresource == "status" else {}
        return self.put(collection, self.get(collection, namespace, name) | part)

    def delete(self, collection, namespace, name):
        with self.lock:
            gone = self.objects.get(collection, {}).pop((namespace, name), {})
            if gone:
                self.tell(collection, "DELETED", gone)
            return gone

    def tell(self, collection, kind, changed):
        event = json.dumps({"type": kind, "object": changed}).encode()
        for watched, events in self.watches:
            if watched == collection:
                events.put(event)

    def watch(self, collection):
        events = queue.Queue()
        with self.lock:
            self.watches.append((collection, events))
        return events


def handler(server):
    class Api(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            url = urllib.parse.urlsplit(self.path)
            collection, namespace, name, _ = place(url.path)
            if url.path == "/version":
                self.reply({"major": "1", "minor": "36", "gitVersion": "v1.36.0"})
            elif "watch=true" in url.query:
                self.stream(server.watch(collection))
            elif name:
                self.reply(server.get(collection, namespace, name))
            else:
                self.reply(server.list(collection))

        def do_POST(self):
            collection, namespace, _, _ = place(self.path)
            given = self.body()
            if collection.endswith("/selfsubjectrulesreviews"):
                self.reply(given | {"status": RULES}, 201)
                return
            given["metadata"].setdefault("namespace", namespace)
            self.reply(server.put(collection, given), 201)

        def do_PUT(self):
            collection, namespace, name, subresource = place(urllib.parse.urlsplit(self.path).path)
            given = self.body()
            if subresource:
                self.reply(server.put_subresource(collection, namespace, name, subresource, given))
            else:
                self.reply(server.put(collection, given))

        do_PATCH = do_PUT

        def do_DELETE(self):
            self.body()
            self.reply(server.delete(*place(urllib.parse.urlsplit(self.path).path)[:3]))

        def body(self):
            text = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            return json.loads(text) if text else {}

        def reply(self, found, status=200):
            data = json.dumps(found or {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}).encode()
            self.send_response(status if found else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def stream(self, events):
            """A watch is a web socket with a text frame for each event."""
            key = self.headers["Sec-WebSocket-Key"].encode()
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key + WEBSOCKET).digest()).decode())
            self.end_headers()
            self.close_connection = True
            while True:
                self.wfile.write(text_frame(events.get()))

        def log_message(self, *_):
            pass

    return Api
