"""The index of the engine beside its peers, in one run: a table, and one JSON object a line for each figure and goal."""

import argparse
import json
import os
import subprocess
import sys
import tempfile

import numpy

import corpus as corpora
import peers

QUERIES = 1000


class Ours:
    """`industrymix engine rank --ranking bm25`, which reports its own CPU time."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def documents(self, corpus, name):
        """The documents as JSON lines in a file."""
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            for index in range(len(corpus)):
                file.write(line("doc", index, corpus))
        return path

    def run(self, documents, queries, *flags):
        """(rankings by query, figures of stderr)."""
        source = f"cat {documents} {queries}"
        command = f"{source} | {self.binary} engine rank --ranking bm25 --top {peers.TOP} {' '.join(flags)}"
        done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
        rankings = [json.loads(one)["ranking"] for one in done.stdout.splitlines()]
        return rankings, json.loads(done.stderr.strip().splitlines()[-1])


def line(operation, index, corpus):
    return json.dumps(
        {"op": operation, "id": f"{operation}{index}", "fields": [str(corpus.fields[index])],
         "terms": " ".join(corpus.words(index))}, ensure_ascii=False) + "\n"


def queries(corpus, path, count):
    with open(path, "w", encoding="utf-8") as file:
        for index in range(min(count, len(corpus))):
            file.write(line("query", index, corpus))
    return path


def overlap(ours, documents, scores):
    """Share of our answers that the exact ranking has as well; a document that ties with its last counts."""
    shares = []
    for found, exact, marks in zip(ours, documents, scores):
        names = {f"doc{int(one)}" for one, mark in zip(exact, marks) if mark > 0}
        last, kept = float(marks[-1]), 0
        gain = peers.K1 + 1  # Lucene's form leaves the constant factor out.
        for name, score in found:
            kept += name in names or abs(score / gain - last) < 1e-4 * max(1.0, last)
        shares.append(kept / max(1, min(len(names), peers.TOP)))
    return float(numpy.mean(shares))


class Report:
    """Figures with their goals."""

    def __init__(self):
        self.rows = []

    def add(self, name, figure, goal, ours, peer, below=True):
        row = {"name": name, "figure": round(figure, 4), "goal": goal, "met": figure <= goal if below else figure >= goal,
               "ours": ours, "peer": peer}
        self.rows.append(row)
        print(json.dumps(row), flush=True)

    def table(self):
        print(f"\n{'figure':54} {'is':>9} {'goal':>8}  met", file=sys.stderr)
        for row in self.rows:
            print(f"{row['name']:54} {row['figure']:9.4f} {row['goal']:8} {'yes' if row['met'] else 'NO':>5}",
                  file=sys.stderr)


def measure(report, ours, folder, base, held_out, corpus, size, goal):
    """Query, filter, build and memory of one corpus."""
    documents = ours.documents(corpus, f"{size}.jsonl")
    asked = queries(held_out, os.path.join(folder, "queries.jsonl"), QUERIES)
    exact = peers.BM25S(corpus)
    rows = [held_out.row(index) for index in range(QUERIES)]
    rankings, figures = ours.run(documents, asked)
    found, scores, seconds = exact.search(rows)
    cpu = figures["query_cpu_ms"]
    report.add(f"{size}: query CPU / bm25s", cpu["mean"] / (seconds * 1e3), goal, cpu, seconds * 1e3)
    report.add(f"{size}: overlap of the top 10 with exact BM25", overlap(rankings, found, scores), 0.99, None, None, False)
    report.add(f"{size}: p99 / p50", cpu["p99"] / cpu["p50"], 3, cpu, None)
    _, crossed = ours.run(documents, asked, "--fields", "cross")
    _, again = ours.run(documents, asked)
    plain = (cpu["mean"] + again["query_cpu_ms"]["mean"]) / 2
    report.add(f"{size}: other fields only / unfiltered", crossed["query_cpu_ms"]["mean"] / plain, 1.05,
               crossed["query_cpu_ms"], cpu)
    rust = peers.Tantivy(corpus)
    report.add(f"{size}: build CPU / tantivy", figures["build_cpu_s"] / rust.build, 1.0, figures["build_cpu_s"], rust.build)
    report.add(f"{size}: memory, MB", figures["index_bytes"] / 1e6, 175, figures["index_bytes"], None)
    texts = [" ".join(held_out.words(index)) for index in range(50)]
    added = figures["add_visible_cpu_ms"]
    tantivy_ms = rust.add_seconds(texts) * 1e3
    report.add(f"{size}: a new posting matchable / tantivy", added / tantivy_ms, 0.1, added, tantivy_ms)
    if corpus is base:
        fts5_ms = peers.fts5_add_seconds(corpus, texts) * 1e3
        report.add(f"{size}: a new posting matchable / FTS5", added / fts5_ms, 1.0, added, fts5_ms)
        pairs(report, ours, folder, documents, corpus, exact, size)


def pairs(report, ours, folder, documents, corpus, exact, size):
    """The ten best of every document among all; the peers on a sample, which is told."""
    sample = 5000
    asked = queries(corpus, os.path.join(folder, "pairs.jsonl"), len(corpus))
    _, one = ours.run(documents, asked, "--threads", "1")
    _, _, batch = exact.search([corpus.row(index) for index in range(sample)])
    topn = peers.topn_pair_seconds(corpus, sample)
    mean = one["query_cpu_ms"]["mean"] / 1e3
    report.add(f"{size}: all pairs CPU / bm25s", mean / batch, 0.5, mean * len(corpus), batch * len(corpus))
    report.add(f"{size}: all pairs CPU / sparse_dot_topn", mean / topn, 0.12, mean * len(corpus), topn * len(corpus))
    _, two = ours.run(documents, asked, "--threads", "2")
    report.add(f"{size}: all pairs, two threads, times as fast", one["queries_wall_s"] / two["queries_wall_s"], 1.8,
               one["queries_wall_s"], two["queries_wall_s"], False)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=".build/release/industrymix")
    parser.add_argument("--folder", default=os.path.join(tempfile.gettempdir(), "industrymix-corpus"))
    parser.add_argument("--copies", type=int, default=1_000_000, help="size of the perturbed corpus; 0 leaves it out")
    given = parser.parse_args()
    base, held_out = corpora.debian(given.folder)
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(os.path.abspath(given.binary), folder)
        measure(report, ours, folder, base, held_out, base, f"{len(base):,}", 0.5)
        if given.copies:
            many = corpora.perturbed(base, given.copies)
            measure(report, ours, folder, base, held_out, many, f"{given.copies:,}", 0.4)
    report.table()


if __name__ == "__main__":
    main()
