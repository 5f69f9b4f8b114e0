"""The ontology in OWL tools, and a compact document with the context in a JSON-LD processor."""

import json
import sys
from pathlib import Path

import owlready2
from pyld import jsonld
from rdflib import RDF, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

folder = Path(sys.argv[1])
ONTOLOGY = Path("dn-rdf/ontology").resolve()
DN = Namespace("https://w3id.org/digital-nations/ns#")

# Both files say the same.
turtle = Graph().parse(ONTOLOGY / "digital-nations.ttl")
assert isomorphic(turtle, Graph().parse(ONTOLOGY / "digital-nations.rdf"))
for file in [ONTOLOGY / "shapes.ttl", folder / "void.ttl"]:
    assert len(Graph().parse(file)) > 100, file

# Each property and class that the exports use is one of the ontology.
declared = set(turtle.subjects(RDF.type))
data = Graph().parse(folder / "dn.ttl")
used = set(data.predicates()) | set(data.objects(None, RDF.type))
assert {term for term in used if term in DN} <= declared, used - declared

# 14 kinds and 8 other classes. 39 relations between entities in both directions, and 7 properties of claims, documents and
# entities. 19 relations to values (one more is `dcterms:issued`), the bounds of 4 of them; 18 other properties, the bounds
# of 3 of them. 5 standings.
loaded = owlready2.get_ontology((ONTOLOGY / "digital-nations.rdf").as_uri()).load()
own = [list(filter(lambda term: term.iri in DN, terms)) for terms in (
    loaded.classes(), loaded.object_properties(), loaded.data_properties(), loaded.individuals(),
)]
COUNTS = [22, 39 * 2 + 7, 19 + 4 * 2 + 18 + 3 * 2, 5]
assert [len(terms) for terms in own] == COUNTS, [len(terms) for terms in own]
terms = owlready2.default_world.get_namespace(str(DN))
assert terms.chairs.inverse_property is terms.isChairedBy
assert set(terms.chairs.domain[0].Classes) == {terms.Country, terms.Person}
print(f"owlready2: {COUNTS} classes, object properties, data properties and individuals")
try:
    with loaded:
        owlready2.sync_reasoner(debug=0)
    assert not list(owlready2.default_world.inconsistent_classes())
    print("HermiT: the ontology is consistent, and no class is empty")
except FileNotFoundError:
    print("skipped: there is no Java for HermiT")

try:
    import pyhornedowl
except ImportError:
    print("skipped: py-horned-owl is not there")
else:
    axioms = []
    for name in ["digital-nations.ttl", "digital-nations.rdf"]:
        ontology = pyhornedowl.open_ontology(str(ONTOLOGY / name))
        found = [[t for t in terms if t in DN] for terms in (ontology.get_classes(), ontology.get_object_properties())]
        assert [len(terms) for terms in found] == COUNTS[:2], name
        axioms.append(len(ontology.get_axioms()))
    assert axioms[0] == axioms[1] > 500, axioms
    print(f"py-horned-owl: {axioms[0]} axioms in either file")

# A compact document gives the triples that its keys stand for.
context = json.loads((ONTOLOGY / "context.jsonld").read_text())
compact = {
    **context,
    "@graph": [
        {
            "id": "country:new-zealand",
            "@type": "Country",
            "rdfs:label": "New Zealand",
            "isoAlpha2": "NZ",
            "worksOn": ["topic:digital-identity", "topic:cloud"],
            "owl:sameAs": "http://www.wikidata.org/entity/Q664",
        },
        {
            "id": "claim:0123456789abcdef01234567",
            "@type": "Claim",
            "citedFrom": "passage:tallinn-2025-p23",
            "standing": "Stated",
            "asOf": "2025-11",
            "asOfEarliest": "2025-11-01",
            "asOfLatest": "2025-11-30",
        },
        {"id": "passage:tallinn-2025-p23", "dcterms:isPartOf": "document:tallinn-2025", "position": 23},
    ],
}
expected = Graph().parse(
    data="""
@prefix dn: <https://w3id.org/digital-nations/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/digital-nations/> .
<country/new-zealand> a dn:Country ; rdfs:label "New Zealand" ; dn:isoAlpha2 "NZ" ;
    dn:worksOn <topic/digital-identity> , <topic/cloud> ; owl:sameAs <http://www.wikidata.org/entity/Q664> .
<claim/0123456789abcdef01234567> a dn:Claim ; dn:citedFrom <passage/tallinn-2025-p23> ; dn:standing dn:Stated ;
    dn:asOf "2025-11" ; dn:asOfEarliest "2025-11-01"^^xsd:date ; dn:asOfLatest "2025-11-30"^^xsd:date .
<passage/tallinn-2025-p23> dcterms:isPartOf <document/tallinn-2025> ; dn:position 23 .
"""
)
quads = jsonld.to_rdf(compact, {"format": "application/n-quads"})
assert set(Graph().parse(data=quads, format="nt")) == set(expected), quads
# And back: what the keys stand for finds them again.
expanded = jsonld.expand(compact)
again = jsonld.compact(expanded, context)
assert again["@graph"][0]["worksOn"] == compact["@graph"][0]["worksOn"]
assert again["@graph"][1]["standing"] == "Stated"
print(f"pyld: a compact document gives {len(expected)} triples, and comes back")
