"""train.py ROOT MODEL OUT NAME=VALUE... COMMAND...: takes the image in ROOT through a pod's life and keeps its AOT cache.

Runs in a network of its own. OUT.log is the program's output.
"""

import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request

import store

HERE = pathlib.Path(__file__).parent
SERVICE, POD, TOKEN, STORE = "training/colours", "colours-1", "training", 8333
MODEL = f"http://127.0.0.1:8080/v2/models/{SERVICE.split('/')[1]}"
MANAGEMENT = "http://127.0.0.1:9000"
PIXELS = [round(i / 192, 3) for i in range(192)]
SETTINGS = {
    "MODELSERVICE_POD": POD,
    "MODELSERVICE_PLAN_FILE": "/tmp/plan.json",
    "MODELSERVICE_CREDENTIALS_FOLDER": "/tmp/credentials",
    "MODELSERVICE_ARTIFACTS_FOLDER": "/tmp/artifacts",
    "MODELSERVICE_DRAIN_DELAY": "0s",
}


def entry(revision, role, digest=None):
    made = {"revision": revision, "role": role, "uri": "s3://models/" + revision, "settings": {"task": "image-classification"}}
    return made | ({"digest": digest} if digest else {})


def plan(sequence, *entries):
    made = {"version": 1, "sequence": sequence, "service": SERVICE, "token": TOKEN, "seed": POD, "models": entries}
    return json.dumps(made).encode()


def mounted(tmp):
    """The files that a pod finds."""
    (tmp / "plan.json").write_bytes(plan(1, entry("aaaaaaaaaa", "Stable")))
    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": f"http://127.0.0.1:{STORE}"}
    (tmp / "credentials").mkdir()
    for name, value in keys.items():
        (tmp / "credentials" / name).write_text(value)
    (tmp / "artifacts").mkdir()
    os.chown(tmp / "artifacts", 65532, 65532)


def call(url, data=None, expect=200, method=None, **headers):
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
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if program.poll() is not None:
            raise SystemExit(f"the program ended with {program.returncode}")
        try:
            if true():
                return
        except (OSError, SystemExit):
            pass  # not yet
        time.sleep(0.1)
    raise SystemExit(f"not {what} within 120 s")


def revision(name):
    models = json.loads(call(MANAGEMENT + "/state"))["models"]
    return next((model for model in models if model["revision"] == name), {})


def ask_as_users():
    tensor = {"name": "pixels", "shape": [1, 3, 8, 8], "datatype": "FP32"}
    in_json = json.dumps({"id": "1", "inputs": [tensor | {"data": PIXELS}]}).encode()
    raw = struct.pack("<192f", *PIXELS)
    head = json.dumps({
        "inputs": [tensor | {"parameters": {"binary_data_size": len(raw)}}],
        "outputs": [{"name": "logits", "parameters": {"binary_data": True}}],
    }).encode()
    for path in ("/v2", "/v2/health/live", "/v2/health/ready"):
        call("http://127.0.0.1:8080" + path)
    call(MODEL)
    call(MODEL + "/ready")
    for _ in range(100):
        call(MODEL + "/infer", in_json, Content_Type="application/json")
        call(MODEL + "/infer", head + raw, Content_Type="application/octet-stream", Inference_Header_Content_Length=str(len(head)))
        for kind in ("png", "jpeg"):
            photo = (HERE / f"blue.{kind.replace('e', '')}").read_bytes()
            call("http://127.0.0.1:8080/v1/tasks/image-classification", photo, Content_Type="image/" + kind)
    call(MODEL + "/infer", b"{}", expect=400, Content_Type="application/json")
    call(MODEL + "x", expect=404)


def ask_as_cluster():
    for path in ("/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics", "/state"):
        for _ in range(3):
            call(MANAGEMENT + path)


def change_model(program):
    """Another model beside the one that answers, then in its place."""
    digest = revision("aaaaaaaaaa")["digest"]
    old, new = entry("aaaaaaaaaa", "Stable", digest), entry("bbbbbbbbbb", "Candidate", digest)
    order = {"method": "PUT", "Authorization": "Bearer " + TOKEN}
    call(MANAGEMENT + "/plan", plan(2, old, new), **order)
    until("warm", program, lambda: revision("bbbbbbbbbb").get("phase") == "Serving")
    call(MANAGEMENT + "/plan", plan(3, new | {"role": "Stable"}), **order)
    until("alone", program, lambda: not revision("aaaaaaaaaa"))
    call(MODEL + "/ready")


def start(root, settings, command, log):
    """The entry point, with the option that makes the cache before all others."""
    run = ["unshare", f"--root={root}", "--wd=/deployments", "--setgid=65532", "--setuid=65532", command[0]]
    return subprocess.Popen(run + ["-XX:AOTCacheOutput=/tmp/app.aot"] + command[1:], env=settings, stdout=log, stderr=log)


def main(root, model, out, *words):
    settings = dict(word.split("=", 1) for word in words[: words.index("java")]) | SETTINGS
    tmp = pathlib.Path(root) / "tmp"
    mounted(tmp)
    store.start(pathlib.Path(model), STORE)
    with open(out + ".log", "wb") as log:
        program = start(root, settings, list(words[words.index("java"):]), log)
        until("ready", program, lambda: call(MANAGEMENT + "/q/health/ready"))
        ask_as_cluster()
        ask_as_users()
        change_model(program)
        program.terminate()
        if program.wait(timeout=120) not in (0, 143):
            raise SystemExit(f"the program ended with {program.returncode} after SIGTERM")
    shutil.copy(tmp / "app.aot", out)


if __name__ == "__main__":
    main(*sys.argv[1:])
