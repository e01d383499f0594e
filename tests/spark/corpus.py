#!/usr/bin/env python3
"""Writes a corpus of documents made from the texts of this repository.

Usage: corpus.py FOLDER [--documents N] [--seed N] [--texts FOLDER] [--sound]

Each document is one of the texts with other years, figures and places, and often
a signature with a day. Between them stand lines that are no document, and ids
that were given before; --sound leaves these out. The same seed gives the same bytes.
"""

import argparse
import gzip
import json
import random
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ["青岚", "云州", "临河", "松原", "宁远", "安平", "长汀", "西陵", "白沙", "汉阴"]

# Longer texts of the repository are left out, in characters, but for the founding
# document, which every so manieth document is.
LONGEST = 250
FOUNDING_EVERY = 2000

# Lines of a corpus file that are no document.
BROKEN = [
    b'{"id": "cut", "text": "\xe4\xb8\x80\xe3\x80\x81',
    b"no json at all",
    b"[]",
    b"17",
    b"{}",
    b'{"id": "without-text"}',
    b'{"id": "null-text", "text": null}',
    b'{"id": 17, "text": "\xe4\xb8\x80\xe3\x80\x81\xe6\x80\xbb\xe4\xbd\x93\xe8\xa6\x81\xe6\xb1\x82"}',
    b'{"id": "two-sources", "text": "\xe4\xb8\x80", "path": "/nowhere.txt"}',
    b'{"id": "no-file", "path": "/nowhere/at-all.txt"}',
    b'{"id": "bad-bytes", "text": "\xff\xfe\xe4\xb8"}',
    b'{"id": "half-a-pair", "text": "\\ud800"}',
    b'{"id": "empty", "text": ""}',
    b'{"id": "deep", "text": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    b"",
    b"   \r",
]


def texts(folder: Path | None) -> list[str]:
    """Returns the texts to vary: those of a folder, or the short ones of the repository."""
    paths = sorted((folder or ROOT / "tests/fixtures").rglob("*.txt"))
    found = [path.read_text(encoding="utf-8") for path in paths]
    return [text for text in found if text.strip() and (folder or len(text) <= LONGEST)]


def varied(text: str, chance: random.Random) -> str:
    """Returns the text with other years, shares and places."""
    shift, place = chance.randint(-6, 4), chance.choice(PLACES)
    text = text.replace("云岭", place)
    text = re.sub(r"\b20[0-4]\d(?=年)", lambda year: str(int(year[0]) + shift), text)
    text = re.sub(r"(?<![\d.])[1-9]\d(?=%)", lambda _: str(chance.randint(10, 99)), text)
    if chance.random() < 0.7:
        year, month, day = chance.randint(2015, 2025), chance.randint(1, 12), chance.randint(1, 28)
        text = f"{text.rstrip()}\n\n{place}省人民政府办公厅\n{year}年{month}月{day}日\n"
    return text


def lines(
    n_documents: int,
    seed: int,
    folder: Path | None,
    broken: list[bytes],
    founding_every: int = FOUNDING_EVERY,
):
    """Yields the lines of the corpus: as many documents, and now and then a broken line."""
    chance = random.Random(seed)
    sources = texts(folder)
    founding = (ROOT / "seeds/documents/liaoning-meili-2024.txt").read_text(encoding="utf-8")
    every = max(1, n_documents // (3 * len(broken))) if broken else 0
    for n in range(n_documents):
        source = founding if n % founding_every == founding_every // 2 else chance.choice(sources)
        document = {"id": f"document-{n:06}", "text": varied(source, chance)}
        if every and n % every == every - 1:
            yield broken[n // every % len(broken)]
            if n // every % 3 == 0:
                again = {"id": f"document-{chance.randrange(n):06}", "text": document["text"]}
                yield json.dumps(again, ensure_ascii=False).encode()
        yield json.dumps(document, ensure_ascii=False).encode()


def write(
    corpus: Path,
    n_documents: int,
    seed: int = 1,
    folder: Path | None = None,
    broken: list[bytes] = BROKEN,
    n_files: int = 10,
    **settings: int,
) -> list[Path]:
    """Writes the corpus as JSONL files, every fifth packed, and returns them in order."""
    corpus.mkdir(parents=True)
    all_lines = list(lines(n_documents, seed, folder, broken, **settings))
    files = []
    for n in range(n_files):
        part = all_lines[n * len(all_lines) // n_files : (n + 1) * len(all_lines) // n_files]
        text = b"".join(line + b"\n" for line in part)
        packed = n % 5 == 4
        files.append(corpus / f"part-{n:02}.jsonl{'.gz' if packed else ''}")
        files[-1].write_bytes(gzip.compress(text, 6, mtime=0) if packed else text)
    return files


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, help="a folder with other texts to vary")
    parser.add_argument("--sound", action="store_true", help="no broken lines, no id twice")
    args = parser.parse_args()
    broken = [] if args.sound else BROKEN
    write(args.corpus, args.documents, args.seed, args.texts, broken)


if __name__ == "__main__":
    main()
