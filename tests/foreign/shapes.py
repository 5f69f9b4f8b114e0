"""Validates exports with pySHACL, and finds each of the defects that are put into a small one.

With `--jena` it holds the messages of Apache Jena, which stand beside the files, to the same.
"""

import sys
from pathlib import Path

from pyshacl import validate
from rdflib import RDF, RDFS, SKOS, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SH

folder = Path(sys.argv[1])
DN = Namespace("https://w3id.org/digital-nations/ns#")
IRI = "https://w3id.org/digital-nations/"
COUNTRY = URIRef(IRI + "country/ruritania")


def union(path):
    """All triples of a file, whatever graph they are in."""
    dataset, graph = Dataset(), Graph()
    dataset.parse(path, format="trig")
    for s, p, o, _ in dataset.quads():
        graph.add((s, p, o))
    return graph


good = Graph().parse(folder / "ruritania.ttl")
CLAIM = next(s for s, p in good.subject_objects(RDF.predicate) if p == DN.runs)
PLAN = next(s for s, o in good.subject_objects(DN.standing) if o != DN.Stated)
PASSAGE = good.value(CLAIM, DN.citedFrom)
SOURCE = good.value(PASSAGE, DCTERMS.isPartOf)
INITIATIVE = good.value(CLAIM, RDF.object)


def day(text):
    return Literal(text, datatype=XSD.date)


def without(*pattern):
    return lambda graph: graph.remove(pattern)


def having(*triples):
    return lambda graph: [graph.add(triple) for triple in triples]


def instead(subject, property, value):
    return lambda graph: graph.set((subject, property, value))


# What is wrong, what makes it so, and the message that tells.
DEFECTS = {
    "two names": (having((COUNTRY, RDFS.label, Literal("Ruritanien"))), "a country has exactly one name, a plain string"),
    "no name": (without(COUNTRY, RDFS.label, None), "a country has exactly one name, a plain string"),
    "a name in a language": (instead(COUNTRY, RDFS.label, Literal("Ruritania", lang="en")), "a country has exactly one name, a plain string"),
    "a code in small letters": (having((COUNTRY, DN.isoAlpha2, Literal("ru"))), "a code of a country is one of 2 capital letters"),
    "an object of a wrong kind": (having((COUNTRY, DN.runs, COUNTRY)), "a country runs an initiative"),
    "a subject of a wrong kind": (having((INITIATIVE, DN.chairs, COUNTRY)), "only a country or a person chairs something"),
    "a value where an entity belongs": (having((COUNTRY, DN.runs, Literal("a wallet"))), "a country runs an initiative"),
    "a value beside a closed list": (
        having((INITIATIVE, DN.type, Literal("lesson"))),
        "`type` of an initiative is one of strategy, policy, law, system, service, framework, programme, practice",
    ),
    "a number as text": (
        having((COUNTRY, DN.agencyCount, Literal("12"))),
        "`agency-count` of a country is a number, an xsd:integer or xsd:decimal",
    ),
    "a claim without a passage": (without(CLAIM, DN.citedFrom, None), "a claim is cited from exactly one passage"),
    "a claim on two passages": (
        lambda graph: graph.add((CLAIM, DN.citedFrom, next(p for p in graph.subjects(RDF.type, DN.Passage) if p != PASSAGE))),
        "a claim is cited from exactly one passage",
    ),
    "a claim on a document": (instead(CLAIM, DN.citedFrom, SOURCE), "a claim is cited from exactly one passage"),
    "two standings": (
        having((CLAIM, DN.standing, DN.Wish)),
        "a claim has exactly one standing: stated, planned, a wish, an opinion or negated",
    ),
    "an unknown standing": (
        instead(CLAIM, DN.standing, DN.Maybe),
        "a claim has exactly one standing: stated, planned, a wish, an opinion or negated",
    ),
    "a statement without an object": (
        without(CLAIM, RDF.object, None),
        "a claim that is no graph of its own has exactly one subject, predicate and object, and one that is not stated "
        "is no graph",
    ),
    "a plan that is no statement": (
        lambda graph: [graph.remove((PLAN, part, None)) for part in (RDF.subject, RDF.predicate, RDF.object)],
        "a claim that is no graph of its own has exactly one subject, predicate and object, and one that is not stated "
        "is no graph",
    ),
    "a statement of a wrong kind": (
        instead(CLAIM, RDF.object, COUNTRY),
        "the subject and the object of a claim of `runs` fit together: country, organization, working-group, meeting, "
        "session -> initiative",
    ),
    "an unknown predicate": (
        instead(CLAIM, RDF.predicate, DN.owns),
        "the predicate of a claim is a relation of the vocabulary, or one that the data declare",
    ),
    "a bound that is text": (
        instead(CLAIM, DN.asOfEarliest, Literal("2025-01-01")),
        "a bound of `asOf` is one day, an xsd:date",
    ),
    "bounds in the wrong order": (
        lambda graph: [graph.set((CLAIM, DN.asOfEarliest, day("2026-01-01"))), graph.set((CLAIM, DN.asOfLatest, day("2025-01-01")))],
        "the first day of `asOf` is not after its last day",
    ),
    "a date without its bounds": (
        having((PLAN, DN["from"], Literal("2031"))),
        "`from` of a claim stands beside its first and its last day, or there is none of the three",
    ),
    "an end before the start": (
        having(
            (PLAN, DN["from"], Literal("2031")),
            (PLAN, DN.fromEarliest, day("2031-01-01")),
            (PLAN, DN.fromLatest, day("2031-12-31")),
            (PLAN, DN.to, Literal("2030")),
            (PLAN, DN.toEarliest, day("2030-01-01")),
            (PLAN, DN.toLatest, day("2030-12-31")),
        ),
        "a claim does not end before it starts",
    ),
    "a 13th month": (instead(CLAIM, DN.asOf, Literal("2025-13")), "`asOf` of a claim is a date, such as \"2025-11\""),
    "an unknown stage": (instead(CLAIM, DN.stage, Literal("done")), "`stage` of a claim is one of proposed, developing, live, ended"),
    "a passage without a document": (without(PASSAGE, DCTERMS.isPartOf, None), "a passage is part of exactly one source document"),
    "position 0": (instead(PASSAGE, DN.position, Literal(0)), "a passage has exactly one position, counted from 1"),
    "a short hash": (instead(PASSAGE, DN.sha256, Literal("0123")), "a passage has exactly one SHA-256, in 64 digits"),
    "a passage that has claims and none": (
        having((PASSAGE, DN.noClaims, Literal("a heading"))),
        "a passage that is said to carry no claims carries none",
    ),
    "a topic under a country": (
        lambda graph: graph.add((next(graph.subjects(RDF.type, DN.Topic)), SKOS.broader, COUNTRY)),
        "what is broader than a topic is a topic",
    ),
}
(folder / "defects").mkdir(exist_ok=True)
files = {what: folder / "defects" / f"{what.replace(' ', '-')}.ttl" for what in DEFECTS}

if "--jena" in sys.argv:
    for name in ["dn.ttl", "dn.trig", "invented.ttl", "invented.trig"]:
        messages = (folder / f"{name}.jena").read_text().splitlines()
        assert messages == ["conforms"], (name, messages[:5])
    for what, (_, message) in DEFECTS.items():
        messages = Path(f"{files[what]}.jena").read_text().splitlines()
        assert messages[0] == "does not conform" and message in messages, (what, messages)
    print(f"Apache Jena: four exports conform, and {len(DEFECTS)} defects are found")
    sys.exit()

shapes = Graph().parse("dn-rdf/ontology/shapes.ttl")
# The largest is left to Jena: it takes pySHACL minutes.
for name in ["ruritania.ttl", "dn.ttl", "dn.trig", "invented.trig"]:
    conforms, _, text = validate(union(folder / name), shacl_graph=shapes)
    assert conforms, (name, text[:2000])
for what, (break_it, message) in DEFECTS.items():
    bad = Graph()
    for triple in good:
        bad.add(triple)
    break_it(bad)
    assert set(bad) != set(good), what
    bad.serialize(files[what])
    conforms, report, _ = validate(bad, shacl_graph=shapes)
    messages = [str(message) for message in report.objects(None, SH.resultMessage)]
    assert not conforms and message in messages, (what, messages)
print(f"pySHACL: four exports conform, and {len(DEFECTS)} defects are found")
