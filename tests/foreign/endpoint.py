"""The endpoint by SPARQLWrapper, rdflib's SPARQLStore and pandas, as the script beside it calls it."""

import csv
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode

import pandas
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

address, ours, query = sys.argv[1:]
with open(ours, newline="") as file:
    expected = [(row["name"], int(row["initiatives"])) for row in csv.DictReader(file)]
assert len(expected) == 8, expected
base = "https://w3id.org/digital-nations/"

# SPARQLWrapper, in each way and format.
for method, kind in [(GET, None), (POST, None), (POST, POSTDIRECTLY)]:
    wrapper = SPARQLWrapper(f"{address}/query")
    wrapper.setMethod(method)
    if kind:
        wrapper.setRequestMethod(kind)
    wrapper.setQuery(query)
    wrapper.setReturnFormat(JSON)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert [(row["name"]["value"], int(row["initiatives"]["value"])) for row in rows] == expected, (method, rows)
    wrapper.setReturnFormat(XML)
    found = wrapper.queryAndConvert().getElementsByTagName("literal")
    assert [node.firstChild.data for node in found][::2] == [name for name, _ in expected]
    wrapper.setReturnFormat(CSV)
    assert len(wrapper.queryAndConvert().decode().splitlines()) == 9
    wrapper.setReturnFormat(TSV)
    assert wrapper.queryAndConvert().decode().startswith("?name\t?initiatives\n")
    wrapper.setQuery("ASK { country:estonia a dn:Country }")
    wrapper.setReturnFormat(JSON)
    assert wrapper.queryAndConvert()["boolean"] is True
    wrapper.setQuery("DESCRIBE country:estonia")
    sizes = set()
    for format in [TURTLE, RDFXML, JSONLD, XML]:
        wrapper.setReturnFormat(format)
        graph = wrapper.queryAndConvert()
        if isinstance(graph, bytes):
            graph = rdflib.Graph().parse(data=graph, format="turtle")
        sizes.add(len(graph))
    assert len(sizes) == 1 and sizes.pop() > 20, sizes
    wrapper.setQuery("SELECT ?c {")
    wrapper.setReturnFormat(JSON)
    try:
        wrapper.query()
        raise AssertionError("a query that is none was answered")
    except QueryBadFormed as error:
        assert "query:1:11" in str(error), error

# rdflib, for which the endpoint is a graph as any other.
for method in ["GET", "POST", "POST_FORM"]:
    store = SPARQLStore(f"{address}/query", method=method, returnFormat="json")
    graph = rdflib.Graph(store)
    rows = [(str(row.name), int(row.initiatives)) for row in graph.query(query)]
    assert rows == expected, rows
    estonia = rdflib.URIRef(f"{base}country/estonia")
    assert str(graph.value(estonia, rdflib.RDFS.label)) == "Estonia"
    assert (estonia, rdflib.RDF.type, rdflib.URIRef(f"{base}ns#Country")) in graph

# rdflib reads what stands at the path of an IRI, by content negotiation.
graph = rdflib.Graph().parse(f"{address}/country/estonia")
assert (estonia, rdflib.RDFS.label, rdflib.Literal("Estonia")) in graph and len(graph) > 100
for extension, format in [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")]:
    same = rdflib.Graph().parse(f"{address}/country/estonia.{extension}", format=format)
    assert set(same) == set(graph), extension
description = rdflib.Graph().parse(f"{address}/.well-known/void")
void = rdflib.Namespace("http://rdfs.org/ns/void#")
assert description.value(rdflib.URIRef(f"{base}dataset"), void.triples)
sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
service = rdflib.Graph().parse(f"{address}/query")
assert service.value(predicate=sd.endpoint, object=rdflib.URIRef(f"{address}/query"))

# pandas, which says of no format that it wants it.
frame = pandas.read_csv(f"{address}/query.csv?" + urlencode({"query": query}))
assert list(frame.itertuples(index=False, name=None)) == expected
frame = pandas.read_csv(f"{address}/query?" + urlencode({"query": query, "format": "csv"}))
assert list(frame.itertuples(index=False, name=None)) == expected
try:
    pandas.read_csv(f"{address}/query.csv?" + urlencode({"query": "SELECT"}))
    raise AssertionError("a query that is none was answered")
except HTTPError as error:
    assert error.code == 400

print("SPARQLWrapper, rdflib and pandas: the same answer in every way")
