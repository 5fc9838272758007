"""A read-only S3 store of one folder: what the runtime asks of a store (list, get), path style, without looking at keys."""

import hashlib
import http.server
import pathlib
import threading
import urllib.parse
from xml.sax.saxutils import escape


def etag(data):
    return '"' + hashlib.md5(data).hexdigest() + '"'


def listing(bucket, prefix, files):
    contents = "".join(
        f"<Contents><Key>{escape(prefix + name)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
        f"<ETag>{escape(etag(data))}</ETag><Size>{len(data)}</Size><StorageClass>STANDARD</StorageClass></Contents>"
        for name, data in files.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        f"<Name>{bucket}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(files)}</KeyCount><MaxKeys>1000</MaxKeys>"
        f"<IsTruncated>false</IsTruncated>{contents}</ListBucketResult>"
    ).encode()


def handler(files):
    class Store(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            url = urllib.parse.urlsplit(self.path)
            query = urllib.parse.parse_qs(url.query)
            bucket, _, key = url.path.lstrip("/").partition("/")
            if "list-type" in query:
                self.reply(listing(bucket, query["prefix"][0], files), "application/xml")
            else:
                self.reply(files[pathlib.PurePosixPath(key).name], "application/octet-stream")

        def reply(self, data, content_type):
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("ETag", etag(data))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    return Store


def start(folder, port):
    """Serves the folder's files below every prefix of every bucket until the process ends."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler(files))
    threading.Thread(target=server.serve_forever, daemon=True).start()
