#!/usr/bin/env python3
"""Writes the clauses of a collection as texts, one for each work, for tests/load/run;
the first hundred works twice, the second time as a draft.

Usage: texts.py CLAUSES.jsonl.gz FOLDER
Each line of the collection has the fields law, art (第十五条) and text.
"""
import gzip
import json
import pathlib
import re
import sys

DIGITS = {ch: n for n, ch in enumerate("零一二三四五六七八九")}
UNITS = {"十": 10, "百": 100, "千": 1000}


def number(article):
    """Returns 15 for 第十五条, so that articles stand in their order."""
    total = digit = 0
    for ch in re.sub(r"条之.*", "", article).strip("第条"):
        if ch in UNITS:
            total += (digit or 1) * UNITS[ch]
            digit = 0
        else:
            digit = DIGITS.get(ch, 0)
    return total + digit


def main():
    collection, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    works = {}
    with gzip.open(collection, "rt", encoding="utf-8") as lines:
        for line in lines:
            clause = json.loads(line)
            works.setdefault(clause["law"], []).append((clause["art"], clause["text"]))
    folder.mkdir(parents=True, exist_ok=True)
    for at, (work, articles) in enumerate(sorted(works.items())):
        articles.sort(key=lambda article: number(article[0]))
        body = "\n".join(f"{article}　{text}" for article, text in articles)
        if at < 100:
            (folder / f"draft-{at:05}.txt").write_text(f"{work}（草案）\n\n{body}\n", encoding="utf-8")
        (folder / f"law-{at:05}.txt").write_text(f"{work}\n\n{body}\n", encoding="utf-8")


main()
