"""The life of a pod: plan and keys from mounted files, a fetch from S3, users' requests, a change of the model."""

import json
import os
import pathlib
import struct

import store
from calls import MANAGEMENT, ask_as_cluster, call, until

HERE = pathlib.Path(__file__).parent
ARTIFACT = HERE.parents[2] / "runtime/src/test/models/colours"
SERVICE, POD, TOKEN, STORE = "training/colours", "colours-1", "training", 8333
API = "http://127.0.0.1:8080"
MODEL = f"{API}/v2/models/colours"
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


def prepare(root):
    """The files that a pod finds."""
    tmp = root / "tmp"
    (tmp / "plan.json").write_bytes(plan(1, entry("aaaaaaaaaa", "Stable")))
    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": f"http://127.0.0.1:{STORE}"}
    (tmp / "credentials").mkdir()
    for name, value in keys.items():
        (tmp / "credentials" / name).write_text(value)
    (tmp / "artifacts").mkdir()
    os.chown(tmp / "artifacts", 65532, 65532)
    store.start(ARTIFACT, STORE)
    return SETTINGS


def live(program):
    until("ready", program, lambda: call(MANAGEMENT + "/q/health/ready"))
    ask_as_cluster("/state")
    ask_as_users()
    change_model(program)


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
    photos = {"image/png": (HERE / "blue.png").read_bytes(), "image/jpeg": (HERE / "blue.jpg").read_bytes()}
    for url in (API + "/v2", API + "/v2/health/live", API + "/v2/health/ready", MODEL, MODEL + "/ready"):
        call(url)
    for _ in range(100):
        call(MODEL + "/infer", in_json, Content_Type="application/json")
        call(MODEL + "/infer", head + raw, Content_Type="application/octet-stream", Inference_Header_Content_Length=str(len(head)))
        for kind, photo in photos.items():
            call(API + "/v1/tasks/image-classification", photo, Content_Type=kind)
    call(MODEL + "/infer", b"{}", expect=400, Content_Type="application/json")
    call(MODEL + "x", expect=404)


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
