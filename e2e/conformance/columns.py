"""Reports side by side, as Markdown: columns.py REPORT.json ...

Each report is what the suite writes with --json. Reports of the same server, of a run for each of its models, are one column.
"""

import json
import sys
from pathlib import Path

WORDS = {"passed": "yes", "failed": "**no**", "notOffered": "-"}


def line(cells):
    return "| " + " | ".join(cells) + " |"


def main(paths):
    servers, rows = {}, {}
    for path in paths:
        report = json.loads(Path(path).read_text())
        name = f"{report['server']['name']} {report['server']['version']}"
        column = servers.setdefault(name, {})
        for check in report["checks"]:
            level = check.get("extension", "required")
            key = (check["chapter"], level, check["name"])
            rows.setdefault(key)
            column[key] = check["result"]
    print(line(["chapter", "level", "check", *servers]))
    print(line(["---"] * (3 + len(servers))))
    chapters = [chapter for chapter, _, _ in rows]
    for key in sorted(rows, key=lambda key: chapters.index(key[0])):
        print(line([*key, *(WORDS[column[key]] if key in column else "" for column in servers.values())]))
    for result, text in (("passed", "passed"), ("failed", "failed"), ("notOffered", "not offered")):
        counts = [str(list(column.values()).count(result)) for column in servers.values()]
        print(line(["", "", text, *counts]))


if __name__ == "__main__":
    main(sys.argv[1:])
