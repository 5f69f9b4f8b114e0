"""Writes the data in a folder anew in every format and both shapes, with other prefixes and in another order."""

import json
import sys
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, Namespace

# `40.50` is to stay as it is written.
rdflib.NORMALIZE_LITERALS = False

folder = Path(sys.argv[1])
DN = Namespace("https://w3id.org/digital-nations/ns#")
source = rdflib.Dataset()
source.parse(folder / "source.trig", format="trig")
default = source.default_graph.identifier


def empty():
    """A dataset with prefixes of other names."""
    dataset = rdflib.Dataset()
    dataset.bind("nations", DN)
    dataset.bind("c", "https://w3id.org/digital-nations/claim/")
    return dataset


named, reified, triples = empty(), empty(), rdflib.Graph()
triples.bind("nations", DN)
for subject, predicate, object, graph in source.quads():
    is_default = graph is None or graph == default
    target = named.default_graph if is_default else named.graph(graph)
    target.add((subject, predicate, object))
    statement = [(subject, predicate, object)]
    if not is_default:
        parts = zip((RDF.subject, RDF.predicate, RDF.object), (subject, predicate, object))
        statement = [(graph, part, term) for part, term in parts]
    for triple in statement:
        reified.default_graph.add(triple)
        triples.add(triple)

for data, name, format in [
    (named, "named.trig", "trig"),
    (named, "named.nq", "nquads"),
    (named, "named.jsonld", "json-ld"),
    (reified, "reified.trig", "trig"),
    (reified, "reified.nq", "nquads"),
    (reified, "reified.jsonld", "json-ld"),
    (triples, "triples.ttl", "turtle"),
    (triples, "triples.nt", "nt"),
    (triples, "triples.rdf", "xml"),
]:
    text = data.serialize(format=format, encoding="utf-8").decode()
    if format == "json-ld":
        # rdflib writes the default graph as one without a name, which JSON-LD takes for a blank node.
        nodes = [n for item in json.loads(text) for n in ([item] if "@id" in item else item["@graph"])]
        text = json.dumps(nodes, indent=2, ensure_ascii=False) + "\n"
    # In N-Quads it names it.
    text = text.replace(f" <{default}> .", " .")
    if format in ("nquads", "nt"):
        text = "".join(f"{line}\n" for line in sorted(text.splitlines(), reverse=True) if line)
    (folder / name).write_text(text)
    print(name)
