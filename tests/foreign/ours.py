"""What our side answered, as the `pairs` example wrote it, and how others are held against it."""

import csv
import itertools
import sys


def lines(path):
    """The lines of a table, the header first."""
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.reader(file, strict=True)


def header(path):
    """The names of its columns."""
    return next(lines(path))


def rows(path):
    """Its rows, without the header."""
    return itertools.islice(lines(path), 1, None)


class Ours:
    def __init__(self, folder):
        self.sharing = {tuple(row) for row in rows(folder / "works.csv")}
        self.pairs = {(one, other, int(topics)) for one, other, topics in rows(folder / "pairs.csv")}
        if not self.sharing or not self.pairs:
            sys.exit("there is nothing to compare with")

    def compare(self, engine, sharing, pairs):
        """Exits with 1 if the answers of an engine differ, and says how many are the same."""
        same("sharing", engine, self.sharing, sharing)
        same("pairs", engine, self.pairs, pairs)
        topics = len({topic for topic, _ in self.sharing})
        print(
            f"{engine}: {len(self.sharing)} rows of sharing over {topics} topics, and {len(self.pairs)} pairs of"
            " countries: all the same as ours"
        )


def same(question, engine, ours, theirs):
    theirs = list(theirs)
    faults = [f"{engine} alone: {row}" for row in sorted(set(theirs) - ours)]
    faults += [f"we alone: {row}" for row in sorted(ours - set(theirs))]
    if len(theirs) != len(set(theirs)):
        faults.append(f"{engine} has a row twice")
    if faults:
        sys.exit("\n".join([f"{question} differs in {len(faults)} rows:", *faults[:10]]))
