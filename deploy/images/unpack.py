"""unpack.py ARCHIVE ROOT: unpacks an OCI archive of one image, without whiteouts, and prints its environment and entry point.

The environment comes first, one NAME=VALUE a line, then the entry point, one argument a line.
"""

import json
import sys
import tarfile


def blob(archive, descriptor):
    return archive.extractfile("blobs/" + descriptor["digest"].replace(":", "/"))


def main(path, root):
    with tarfile.open(path) as archive:
        index = json.load(archive.extractfile("index.json"))
        manifest = json.load(blob(archive, index["manifests"][0]))
        for layer in manifest["layers"]:
            with tarfile.open(fileobj=blob(archive, layer), mode="r:gz") as files:
                files.extraction_filter = staticmethod(lambda member, _: member)
                files.extractall(root)
        config = json.load(blob(archive, manifest["config"]))["config"]
        print(*config["Env"], *config["Entrypoint"], sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
