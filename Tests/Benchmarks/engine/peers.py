"""The peers, each behind the same few verbs; all times are processor time of this process."""

import sqlite3
import tempfile
import time

import bm25s
import numpy
import scipy.sparse
import sparse_dot_topn
import tantivy
from bm25s.tokenization import Tokenized

K1, B, TOP = 1.2, 0.75, 10


def clocked(work):
    """What the work answers, and the CPU seconds it took."""
    start = time.process_time()
    answer = work()
    return answer, time.process_time() - start


class BM25S:
    """Exact BM25 by exhaustive sums over eager scores, compiled by numba; queries in one batch on one thread, which
    spares it the cost of a call from Python for each."""

    def __init__(self, corpus):
        self.vocabulary = {word: number for number, word in enumerate(corpus.vocabulary)}
        rows = Tokenized([corpus.row(index).tolist() for index in range(len(corpus))], self.vocabulary)
        self.index = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numba")
        _, self.build = clocked(lambda: self.index.index(rows, show_progress=False))
        self.known = numpy.zeros(len(corpus.vocabulary), bool)
        self.known[numpy.unique(corpus.flat)] = True

    def search(self, rows):
        """Top 10 of each row of token numbers: (documents, scores, CPU seconds a query)."""
        asked = [[int(one) for one in numpy.unique(row) if self.known[one]] for row in rows]
        self._ask(asked[:20])
        answer, seconds = clocked(lambda: self._ask(asked))
        return answer.documents, answer.scores, seconds / len(rows)

    def _ask(self, rows):
        return self.index.retrieve(
            Tokenized(rows, self.vocabulary), k=TOP, show_progress=False, n_threads=1, backend_selection="numba")


class Tantivy:
    """The Rust index, one writer thread, words cut at blanks."""

    def __init__(self, corpus):
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("body", stored=False, tokenizer_name="whitespace")
        schema.add_unsigned_field("number", stored=True)
        self.index = tantivy.Index(schema.build())
        self.corpus = corpus
        texts = [" ".join(corpus.words(index)) for index in range(len(corpus))]
        self.writer = self.index.writer(200_000_000, 1)

        def build():
            for number, text in enumerate(texts):
                self.writer.add_document(tantivy.Document(body=[text], number=number))
            self.writer.commit()

        _, self.build = clocked(build)
        self.index.reload()

    def add_seconds(self, texts):
        """CPU seconds until one more document is found."""

        def add(text):
            self.writer.add_document(tantivy.Document(body=[text], number=0))
            self.writer.commit()
            self.index.reload()
            self.index.searcher()

        taken = [clocked(lambda: add(text))[1] for text in texts]
        return float(numpy.mean(taken))


def fts5_add_seconds(corpus, texts):
    """CPU seconds until SQLite FTS5 finds one more document, in a file, one transaction each."""
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(folder + "/fts.sqlite")
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("CREATE VIRTUAL TABLE posting USING fts5(body)")
        base.executemany(
            "INSERT INTO posting (body) VALUES (?)", ((" ".join(corpus.words(i)),) for i in range(len(corpus))))
        base.commit()

        def add(text):
            base.execute("INSERT INTO posting (body) VALUES (?)", (text,))
            base.commit()

        return float(numpy.mean([clocked(lambda: add(text))[1] for text in texts]))


def topn_pair_seconds(corpus, rows):
    """CPU seconds a row that sparse_dot_topn takes for the ten nearest by TF-IDF cosine, one thread."""
    lengths = numpy.diff(corpus.starts)
    matrix = scipy.sparse.csr_matrix(
        (numpy.ones(len(corpus.flat), numpy.float32), corpus.flat, corpus.starts),
        shape=(len(corpus), len(corpus.vocabulary)))
    matrix.sum_duplicates()
    frequency = numpy.bincount(matrix.indices, minlength=matrix.shape[1])
    matrix.data *= numpy.log((1 + len(lengths)) / (1 + frequency[matrix.indices])).astype(numpy.float32) + 1
    norms = numpy.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    matrix = scipy.sparse.diags((1 / numpy.maximum(norms, 1e-9)).astype(numpy.float32)) @ matrix
    turned = matrix.T.tocsr()
    _, seconds = clocked(lambda: sparse_dot_topn.sp_matmul_topn(matrix[:rows], turned, top_n=TOP, n_threads=1))
    return seconds / rows
