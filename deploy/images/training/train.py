"""train.py PROGRAM ROOT OUT NAME=VALUE... COMMAND...: takes the image in ROOT through its program's life, keeps its AOT cache.

Runs in a network of its own. OUT.log is the program's output.
"""

import pathlib
import shutil
import subprocess
import sys

import operator_life
import runtime_life

LIVES = {"operator": operator_life, "runtime": runtime_life}


def command(root, words, *options):
    """The entry point inside the image, with further options before its own."""
    inside = ["unshare", f"--root={root}", "--wd=/deployments", "--setgid=65532", "--setuid=65532"]
    return inside + words[:1] + list(options) + words[1:]


def check(root, settings, words):
    """The JVM starts without a cache that does not fit it, and only logs; in this mode it ends instead."""
    version = words[: words.index("-jar")] + ["-cp", words[-1], "-version"]
    strict = command(root, version, "-XX:AOTCache=/tmp/app.aot", "-XX:AOTMode=on")
    if subprocess.run(strict, env=settings, stderr=subprocess.DEVNULL).returncode != 0:
        raise SystemExit("the JVM does not accept the cache that it has made")


def main(name, root, out, *words):
    life, root, java = LIVES[name], pathlib.Path(root), words.index("java")
    settings = dict(word.split("=", 1) for word in words[:java]) | life.prepare(root)
    words = list(words[java:])
    with open(out + ".log", "wb") as log:
        record = command(root, words, "-XX:AOTCacheOutput=/tmp/app.aot")
        program = subprocess.Popen(record, env=settings, stdout=log, stderr=log)
        life.live(program)
        program.terminate()
        if program.wait(timeout=120) not in (0, 143):
            raise SystemExit(f"the program ended with {program.returncode} after SIGTERM")
    check(root, settings, words)
    shutil.copy(root / "tmp/app.aot", out)


if __name__ == "__main__":
    main(*sys.argv[1:])
