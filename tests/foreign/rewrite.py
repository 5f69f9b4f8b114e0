"""Reads N-Quads with rdflib and writes them anew, so that what is loaded from them owes nothing to us."""

import logging
import sys
from pathlib import Path

import rdflib

# `007` is to stay as it is written: which terms are equal is what is tested.
rdflib.NORMALIZE_LITERALS = False
# That Python has no date of this year does not matter here.
logging.disable()

source, target = map(Path, sys.argv[1:])
for path in sorted(source.glob("*.nq")):
    dataset = rdflib.Dataset()
    dataset.parse(path, format="nquads")
    text = dataset.serialize(format="nquads", encoding="utf-8").decode()
    default = dataset.default_graph.identifier
    lines = sorted(line.replace(f" <{default}> .", " .") for line in text.splitlines() if line.strip())
    assert len(lines) == len(set(path.read_text().splitlines())), path
    (target / path.name).write_text("".join(f"{line}\n" for line in lines))
    print(f"{path.stem}: {len(lines)} quads written anew by rdflib")
