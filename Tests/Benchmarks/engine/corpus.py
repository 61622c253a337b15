"""The corpora of the engine's benchmarks: Debian package descriptions, and many perturbed copies of them.

Fetched from the machine's own Debian mirror (the first `URIs:` or `deb` line of apt's sources), never committed. Words are
cut here, not by any engine, so that all engines are given the same tokens.
"""

import bz2
import glob
import lzma
import os
import re
import tempfile
import urllib.request

import numpy

LANGUAGES = {"en": "en", "de": "de", "ja": "ja", "ko": "ko", "zh": "zh", "zh_CN": "zh", "zh_TW": "zh"}
HELD_OUT = 1000
LONGEST = 360  # characters: a posting is about as long, 288 characters on average
SUITE = "bookworm"

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\W_]+(?:[+-][^\W_]+)*")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PIECE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def mirror():
    """The mirror that apt uses here."""
    for path in sorted(glob.glob("/etc/apt/sources.list.d/*")) + ["/etc/apt/sources.list"]:
        if not os.path.isfile(path):
            continue
        for line in open(path, encoding="utf-8", errors="replace"):
            found = re.match(r"(?:URIs:\s*|deb\s+(?:\[[^]]*\]\s*)?)(https?://\S*/debian)/?(?:\s|$)", line)
            if found:
                return found.group(1)
    return "http://deb.debian.org/debian"


def fetch(folder, name):
    """A file of the mirror's suite, from the folder if it is there already; None if the mirror has none."""
    place = os.path.join(folder, name.replace("/", "_"))
    if not os.path.exists(place):
        try:
            with urllib.request.urlopen(f"{mirror()}/dists/{SUITE}/main/{name}", timeout=300) as answer:
                content = answer.read()
        except urllib.error.HTTPError:
            return None
        with open(place + ".part", "wb") as file:
            file.write(content)
        os.rename(place + ".part", place)
    with open(place, "rb") as file:
        content = file.read()
    return (lzma if name.endswith(".xz") else bz2).decompress(content).decode("utf-8", "replace")


def stanzas(text):
    """Each stanza as a dictionary; lines that go on are joined."""
    for stanza in text.split("\n\n"):
        fields, name = {}, None
        for line in stanza.split("\n"):
            if line.startswith(" ") and name:
                fields[name] += "\n" + ("" if line.strip() == "." else line.strip())
            elif ":" in line:
                name, _, value = line.partition(":")
                fields[name] = value.strip()
        if fields:
            yield fields


def tokens(text):
    """Words in small letters; runs of CJK characters as pairs."""
    found = []
    for run in WORD.findall(text.lower()):
        for piece in PIECE.findall(run) if CJK.search(run) else [run]:
            if not CJK.match(piece):
                found.append(piece)
            elif len(piece) == 1:
                found.append(piece)
            else:
                found += [piece[i : i + 2] for i in range(len(piece) - 1)]
    return found


class Corpus:
    """Documents as token numbers, one after the other: that of document i is `flat[starts[i]:starts[i + 1]]`."""

    def __init__(self, vocabulary, flat, starts, fields, languages):
        self.vocabulary, self.flat, self.starts = vocabulary, flat, starts
        self.fields, self.languages = fields, languages

    def __len__(self):
        return len(self.starts) - 1

    def row(self, index):
        return self.flat[self.starts[index] : self.starts[index + 1]]

    def words(self, index):
        return [self.vocabulary[number] for number in self.row(index)]

    def save(self, path):
        numpy.savez(
            path, vocabulary=numpy.array(self.vocabulary, dtype=object), flat=self.flat, starts=self.starts, fields=self.fields,
            languages=self.languages)

    @staticmethod
    def load(path):
        kept = numpy.load(path, allow_pickle=True)
        return Corpus(
            kept["vocabulary"].tolist(), kept["flat"], kept["starts"], kept["fields"], kept["languages"])


def descriptions(folder):
    """(language, section, text) of every description, texts that differ only."""
    packages = fetch(folder, "binary-amd64/Packages.xz")
    sections = {one["Package"]: one.get("Section", "misc") for one in stanzas(packages) if "Package" in one}
    for suffix, language in LANGUAGES.items():
        text = None
        for ending in ("bz2", "xz"):
            text = text or fetch(folder, f"i18n/Translation-{suffix}.{ending}")
        seen = set()
        for one in stanzas(text or ""):
            body = one.get(f"Description-{suffix}")
            if body and body not in seen and one["Package"] in sections:
                seen.add(body)
                yield language, sections[one["Package"]], body


def debian(folder, seed=1):
    """The corpus and the held-out documents, as (Corpus, Corpus); made once, then read from the folder."""
    os.makedirs(folder, exist_ok=True)
    places = [os.path.join(folder, f"debian-{part}-{seed}.npz") for part in ("documents", "queries")]
    if not all(map(os.path.exists, places)):
        numbers, rows, fields, languages = {}, [], [], []
        for language, section, text in descriptions(folder):
            row = [numbers.setdefault(token, len(numbers)) for token in tokens(text[:LONGEST])]
            if len(row) >= 5:
                rows.append(row)
                fields.append(section)
                languages.append(language)
        order = numpy.random.default_rng(seed).permutation(len(rows))
        for place, chosen in zip(places, (order[HELD_OUT:], order[:HELD_OUT])):
            starts = numpy.cumsum([0] + [len(rows[i]) for i in chosen])
            flat = numpy.concatenate([numpy.array(rows[i], dtype=numpy.int32) for i in chosen])
            Corpus(
                list(numbers), flat, starts, numpy.array([fields[i] for i in chosen]),
                numpy.array([languages[i] for i in chosen])).save(place)
    return Corpus.load(places[0]), Corpus.load(places[1])


def perturbed(base, count, seed=2, lost=0.1, foreign=0.1):
    """`count` copies of documents drawn at random: each token is lost, or exchanged for one drawn from the corpus, with
    these chances."""
    dice = numpy.random.default_rng(seed)
    flats, lengths = [], []
    chosen = dice.integers(0, len(base), count)
    for index in chosen:
        row = base.row(index)
        row = row[dice.random(len(row)) >= lost]
        change = dice.random(len(row)) < foreign
        row = numpy.where(change, base.flat[dice.integers(0, len(base.flat), len(row))], row)
        flats.append(row)
        lengths.append(len(row))
    return Corpus(
        base.vocabulary, numpy.concatenate(flats).astype(numpy.int32), numpy.cumsum([0] + lengths), base.fields[chosen],
        base.languages[chosen])


if __name__ == "__main__":
    documents, queries = debian(os.path.join(tempfile.gettempdir(), "industrymix-corpus"))
    print(len(documents), "documents", len(queries), "queries", len(documents.flat), "tokens")
