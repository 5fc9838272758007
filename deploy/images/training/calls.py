"""Requests to the program, and waiting for it."""

import time
import urllib.error
import urllib.request

MANAGEMENT = "http://127.0.0.1:9000"
LONGEST = 120  # seconds


def call(url, data=None, expect=200, method=None, **headers):
    """The body of the answer, which must have the expected status; Content_Type means Content-Type."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data, names, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    if status != expect:
        raise SystemExit(f"{url} answered {status}: {body[:300].decode(errors='replace')}")
    return body


def until(what, program, true):
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        if program.poll() is not None:
            raise SystemExit(f"the program ended with {program.returncode}")
        try:
            if true():
                return
        except (OSError, SystemExit):
            pass  # not yet
        time.sleep(0.1)
    raise SystemExit(f"not {what} within {LONGEST} s")


def ask_as_cluster(*more):
    """What the kubelet and a Prometheus ask."""
    for path in ("/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics") + more:
        for _ in range(3):
            call(MANAGEMENT + path)
