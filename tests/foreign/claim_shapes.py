"""Reads each format in each shape with rdflib, without a warning, and compares them with each other."""

import logging
import sys
import warnings
from pathlib import Path

from rdflib import RDF, Dataset, Graph, Namespace


class Fail(logging.Handler):
    def emit(self, record):
        sys.exit(f"a warning: {record.getMessage()}")


logging.getLogger().addHandler(Fail(logging.WARNING))
# Those about itself are rdflib's own affair.
warnings.filterwarnings("error")
warnings.filterwarnings("ignore", category=DeprecationWarning)

folder = Path(sys.argv[1])
DN = Namespace("https://w3id.org/digital-nations/ns#")
FORMATS = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}
QUADS = ("trig", "nquads", "jsonld")


def read(name, shape):
    """The quads of a file, the default graph as none."""
    file = folder / f"dn.{shape}.{name}"
    if name not in QUADS:
        graph = Graph()
        graph.parse(file, format=FORMATS[name])
        return {(*triple, None) for triple in graph}
    dataset = Dataset()
    dataset.parse(file, format=FORMATS[name])
    default = dataset.default_graph.identifier
    return {(s, p, o, None if g is None or g == default else g) for s, p, o, g in dataset.quads()}


def same(shape, names):
    first, *others = [read(name, shape) for name in names]
    for name, other in zip(names[1:], others):
        assert other == first, (shape, name, list(other ^ first)[:5])
    print(f"{shape}: {len(first)} quads, the same in {', '.join(names)}")
    return first


named = same("named-graph", QUADS)
reified = same("reified", tuple(FORMATS))
flat = same("flat", tuple(FORMATS))
entailed = same("entailed", tuple(FORMATS))

# The graphs and the statement nodes say the same.
statements = {
    (g, part, term, None)
    for s, p, o, g in named
    if g is not None
    for part, term in ((RDF.subject, s), (RDF.predicate, p), (RDF.object, o))
}
assert {quad for quad in named if quad[3] is None} | statements == reified

# What is flat has no claims and no passages, and all else.
evidence = {s for s, p, o, _ in reified if p == RDF.type and o in (DN.Claim, DN.Passage, DN.WithdrawnClaim)}
assert evidence and flat == {quad for quad in reified if quad[0] not in evidence}

# What follows is added: inverses, super-properties and super-classes.
assert reified < entailed
added = entailed - reified
for s, p, o, _ in reified:
    if p == DN.runs:
        assert (o, DN.isRunBy, s, None) in added
    if p == DN.prioritizes:
        assert (s, DN.worksOn, o, None) in entailed and (o, DN.isWorkedOnBy, s, None) in added
    assert (s, p, o, None) not in added
print(f"entailed: {len(added)} triples more than reified")
