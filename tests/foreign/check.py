"""Reads the exports with rdflib, which shares no code with the writer, and asks them the same."""

import sys
from pathlib import Path

from rdflib import Dataset, Graph, Namespace, RDF, RDFS, URIRef

folder = Path(sys.argv[1])
DN = Namespace("https://w3id.org/digital-nations/ns#")


def triples(name, format):
    graph = Graph()
    graph.parse(folder / f"dn.{name}", format=format)
    return graph


def quads(name, format, union=False):
    dataset = Dataset(default_union=union)
    dataset.parse(folder / f"dn.{name}", format=format)
    return dataset


def content(dataset):
    """All quads with the name of their graph, the default graph as none."""
    default = dataset.default_graph.identifier
    return {(s, p, o, None if g is None or g == default else g) for s, p, o, g in dataset.quads()}


# Three triple formats say the same, and so do three quad formats.
turtle = set(triples("turtle", "turtle"))
for name, format in [("ntriples", "nt"), ("rdfxml", "xml")]:
    assert set(triples(name, format)) == turtle, name
trig = quads("trig", "trig")
for name, format in [("nquads", "nquads"), ("jsonld", "json-ld")]:
    assert content(quads(name, format)) == content(trig), name
print(f"six formats read: {len(turtle)} triples, {len(content(trig))} quads")

# No blank nodes; each named graph is an asserted claim and holds one triple.
default = {(s, p, o) for s, p, o, g in content(trig) if g is None}
named = {}
for s, p, o, g in content(trig):
    assert not any(type(term).__name__ == "BNode" for term in (s, p, o, g)), (s, p, o, g)
    if g is not None:
        assert g not in named, g
        named[g] = (s, p, o)
asserted = {claim for claim, _, standing in default if _ == DN.standing and standing == DN.Stated}
assert set(named) == asserted
assert set(named.values()) <= default
# What is not asserted is a statement node, and no triple that no other claim asserts.
other = {s for s, p, o in default if p == DN.standing} - asserted
for claim in other:
    statement = tuple(
        next(o for s, p, o in default if s == claim and p == part) for part in (RDF.subject, RDF.predicate, RDF.object)
    )
    assert statement not in default or statement in named.values(), claim
print(f"{len(asserted)} asserted claims, each a graph of one triple; {len(other)} others, no triple of their own")

# The union of all graphs adds nothing to the default graph.
union = quads("trig", "trig", union=True)
assert {(s, p, o) for s, p, o, _ in content(union)} == default

# The queries that are shipped, with either default graph, give what the examples print.
QUERIES = Path("dn-rdf/queries")
IRI = "https://w3id.org/digital-nations/"
for file, bound, column in [
    ("sharing", {"topic": "topic/digital-identity"}, "country"),
    ("common", {"a": "country/estonia", "b": "country/new-zealand"}, "topic"),
]:
    expected = (folder / f"{file}.txt").read_text().splitlines()
    assert expected, file
    values = {name: URIRef(IRI + value) for name, value in bound.items()}
    for data in (trig, union):
        rows = data.query((QUERIES / f"{file}.rq").read_text(), initBindings=values)
        names = [str(data.value(row[column], RDFS.label)) for row in rows]
        assert sorted(names) == sorted(expected), (file, names, expected)
    print(f"{file}.rq: {len(expected)} rows, as the example says")

# As it is, the query answers for all topics: as many countries each as the example lists.
counts = {}
for row in trig.query((QUERIES / "sharing.rq").read_text()):
    topic = str(row["topic"]).removeprefix(IRI + "topic/")
    counts[topic] = counts.get(topic, 0) + 1
listed = {}
for line in (folder / "list.txt").read_text().splitlines():
    *_, count, id = ["", ""] + line.split()
    if count.isdigit() and id.startswith("topic:"):
        listed[id.removeprefix("topic:")] = int(count)
assert len(listed) > 100
assert counts == {topic: count for topic, count in listed.items() if count > 0}
print(f"sharing.rq, unbound: {sum(counts.values())} rows over {len(counts)} topics, as the example lists")
