"""SQLite FTS5 (trigram) and Whoosh with jieba, as engines of the bench.

    peers.py fts5|whoosh check
    peers.py fts5|whoosh build LAWS INDEX
    peers.py fts5|whoosh answer INDEX
"""

import json
import os
import sqlite3
import sys
import time

SHOWN = 10


def clauses(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            law = json.loads(line)
            for clause in law["clauses"]:
                yield law["name"], clause["id"], clause["text"]


class Fts5:
    """Words of two characters make no trigram and are found by reading every text.

    LIKE would answer them with nothing: SQLite 3.40 counts bytes there, not characters."""

    def check(self):
        make = "CREATE VIRTUAL TABLE clause USING fts5(law UNINDEXED, id UNINDEXED, text, tokenize='trigram')"
        database = sqlite3.connect(":memory:")
        database.execute(make)
        return make

    def build(self, laws, index):
        os.makedirs(index)
        database = sqlite3.connect(os.path.join(index, "clauses.db"))
        database.execute(self.check())
        database.executemany("INSERT INTO clause (law, id, text) VALUES (?, ?, ?)", clauses(laws))
        database.commit()
        database.close()

    def open(self, index):
        self.database = sqlite3.connect(os.path.join(index, "clauses.db"))

    def answer(self, asked):
        words, kind = asked["words"], asked["kind"]
        if kind == "question":
            text = words[0]
            grams = sorted({text[at : at + 3] for at in range(len(text) - 2)})
            where, values = "clause MATCH ?", [" OR ".join('"%s"' % gram.replace('"', '""') for gram in grams)]
            order = " ORDER BY rank"
        else:
            long = [word for word in words if len(word) >= 3]
            parts = ["instr(text, ?) > 0" for word in words if len(word) < 3]
            values = [word for word in words if len(word) < 3]
            order = ""
            if long:
                parts.insert(0, "clause MATCH ?")
                values.insert(0, " AND ".join('"%s"' % word for word in long))
                order = " ORDER BY rank"
            where = " AND ".join(parts)
        if asked["law"]:
            where, values = where + " AND law = ?", values + [asked["law"]]
        if kind == "count":
            (found,) = self.database.execute("SELECT count(*) FROM clause WHERE " + where, values).fetchone()
            return found, []
        rows = self.database.execute(
            "SELECT text FROM clause WHERE " + where + order + " LIMIT %d" % SHOWN, values
        ).fetchall()
        return len(rows), [row[0] for row in rows]


class Whoosh:
    def check(self):
        import jieba.analyse.analyzer
        import whoosh.index

    def build(self, laws, index):
        from jieba.analyse.analyzer import ChineseAnalyzer
        from whoosh import fields
        from whoosh.index import create_in

        os.makedirs(index)
        schema = fields.Schema(
            law=fields.ID(stored=True),
            id=fields.ID(stored=True),
            text=fields.TEXT(stored=True, analyzer=ChineseAnalyzer()),
        )
        writer = create_in(index, schema).writer()
        for law, name, text in clauses(laws):
            writer.add_document(law=law, id=name, text=text)
        writer.commit()

    def open(self, index):
        from whoosh import index as indexes
        from whoosh.qparser import OrGroup, QueryParser

        opened = indexes.open_dir(index)
        self.searcher = opened.searcher()
        self.all = QueryParser("text", opened.schema)
        self.any = QueryParser("text", opened.schema, group=OrGroup)

    def answer(self, asked):
        from whoosh import query as queries

        words, kind = asked["words"], asked["kind"]
        text = '"%s"' % words[0] if kind == "phrase" else " ".join(words)
        query = (self.any if kind == "question" else self.all).parse(text)
        law = queries.Term("law", asked["law"]) if asked["law"] else None
        if kind == "count":
            return sum(1 for _ in self.searcher.docs_for_query(query)), []
        found = self.searcher.search(query, limit=SHOWN, filter=law)
        return len(found), [hit["text"] for hit in found]


def main():
    engine = {"fts5": Fts5, "whoosh": Whoosh}[sys.argv[1]]()
    if sys.argv[2] == "check":
        engine.check()
    elif sys.argv[2] == "build":
        engine.build(sys.argv[3], sys.argv[4])
    else:
        engine.open(sys.argv[3])
        for line in sys.stdin:
            answers = []
            for asked in json.loads(line):
                start = time.perf_counter_ns()
                found, texts = engine.answer(asked)
                spent = time.perf_counter_ns() - start
                size = sum(len(text.encode()) for text in texts)
                answers.append({"nanoseconds": spent, "found": found, "bytes": size})
            print(json.dumps(answers), flush=True)


main()
