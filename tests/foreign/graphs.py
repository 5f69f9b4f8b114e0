"""Reads graph files of all formats, and compares nodes, edges and attributes with the tables.

graphs.py FOLDER NAME: the files are FOLDER/1.FORMAT, the tables FOLDER/tables.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx
import pandas

folder, name = Path(sys.argv[1]), sys.argv[2]
# What any program has to say against a file is a fault of it.
warnings.simplefilter("error")


def table(which):
    with open(folder / "tables" / f"{which}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


nodes = {row["id"]: row for row in table("entities")}
edges = {row["id"]: row for row in table("claims") if row["standing"] == "stated" and row["object"]}
# By relation: what each entity is told to have; where that is one thing, it is an attribute.
told = {}
for row in table("claims"):
    if row["standing"] == "stated" and row["value_type"]:
        told.setdefault((row["subject"], row["relation"]), {})[row["value"]] = row
single = {key: next(iter(rows.values())) for key, rows in told.items() if len(rows) == 1}
several = [key for key, rows in told.items() if len(rows) > 1]

# Our names of a table's columns.
COLUMNS = {
    "relation": "relation", "standing": "standing", "from": "from_date", "from_earliest": "from_earliest",
    "from_latest": "from_latest", "to": "to_date", "to_earliest": "to_earliest", "to_latest": "to_latest",
    "as_of": "as_of", "as_of_earliest": "as_of_earliest", "as_of_latest": "as_of_latest", "said_at": "said_at",
    "said_by": "said_by", "on": "on_topics", "role": "role", "stage": "stage", "scope": "scope",
    "inferred": "inferred", "note": "note", "passage": "passage", "document": "document", "position": "position",
    "heading": "heading", "label": "relation_label",
}  # fmt: skip
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Graphviz cannot hold any.
ALL_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def plain(text):
    return text


def replaced(text):
    return CONTROL.sub("\ufffd", text)


def check(program, their_nodes, their_edges, kept=plain, has=lambda value: value not in (None, "")):
    """Nodes as id -> attributes, edges as a list of (id, subject, object, attributes)."""
    assert set(their_nodes) == set(nodes), f"{program}: {set(their_nodes) ^ set(nodes)}"
    assert Counter(edge[0] for edge in their_edges) == Counter(edges.keys()), f"{program}: other edges"
    for identity, subject, object_, attributes in their_edges:
        ours = edges[identity]
        assert attributes["claim"] == identity, f"{program}: {identity}"
        assert (subject, object_) == (ours["subject"], ours["object"]), f"{program}: {identity}"
        for key, column in COLUMNS.items():
            value = attributes.get(key)
            value = str(value) if has(value) else ""
            # The separators of lists are not those of the tables.
            expected = kept(ours[column])
            if key in ("said_by", "on", "inferred"):
                value, expected = sorted(value.split()), sorted(re.split(r"[ ;|,]+", expected)) if expected else []
            assert value == expected, f"{program}: {identity} {key}: {value!r}, not {expected!r}"
    for identity, attributes in their_nodes.items():
        ours = nodes[identity]
        for key, column in [("name", "name"), ("kind", "kind"), ("iso_alpha2", "iso_alpha2"), ("wikidata", "wikidata")]:
            value = attributes.get(key)
            value = str(value) if has(value) else ""
            assert value == kept(ours[column]), f"{program}: {identity} {key}: {value!r}, not {ours[column]!r}"
    for (identity, relation), row in single.items():
        key = "value-label" if relation == "label" else relation
        if program.startswith("Graphviz"):
            key = key.replace("-", "_")
        value = their_nodes[identity].get(key)
        if row["value_type"] == "number":
            if not program.startswith("Graphviz"):
                assert isinstance(value, (int, float)), f"{program}: {identity} {key} is no number: {value!r}"
            assert float(value) == float(row["value"]), f"{program}: {identity} {key}: {value!r}"
        else:
            assert value == kept(row["value"]), f"{program}: {identity} {key}: {value!r}, not {row['value']!r}"
        if row["value_type"] == "date":
            assert their_nodes[identity][f"{key}_latest"] == row["value_latest"], f"{program}: {identity} {key}"
    for identity, relation in several:
        assert not has(their_nodes[identity].get(relation)), f"{program}: {identity} {relation} is not single"
    parallel = len(their_edges) - len({(subject, object_) for _, subject, object_, _ in their_edges})
    assert parallel > 0, f"{program}: no parallel edges"
    print(f"{program}: {len(their_nodes)} nodes, {len(their_edges)} edges, {parallel} of them parallel")


def from_networkx(graph):
    assert graph.is_directed() and graph.is_multigraph(), type(graph)
    return dict(graph.nodes(data=True)), [(key, a, b, data) for a, b, key, data in graph.edges(keys=True, data=True)]


def is_placed(node, x, y):
    return isinstance(node[x], float) and isinstance(node[y], float)


version = f"networkx {networkx.__version__}"
found, links = from_networkx(networkx.read_graphml(folder / "1.graphml", force_multigraph=True))
check(f"{version}, GraphML", found, links, replaced)
assert all(is_placed(node, "x", "y") for node in found.values())

graph = networkx.read_gexf(folder / "1.gexf")
found, links = from_networkx(graph)
links = [(data.pop("id", key), a, b, data) for key, a, b, data in links]
found = {identity: {**data, "label": data["label"]} for identity, data in found.items()}
check(f"{version}, GEXF", found, links, replaced)
assert all(is_placed(node["viz"]["position"], "x", "y") for node in found.values())

graph = networkx.node_link_graph(json.loads((folder / "1.nodelink").read_text()))
check(f"{version}, node-link", *from_networkx(graph))
graph = networkx.node_link_graph(json.loads((folder / "1.d3").read_text()), edges="links")
check(f"{version}, node-link for D3", *from_networkx(graph))
graph = networkx.cytoscape_graph(json.loads((folder / "1.cytoscape").read_text()))
check(f"{version}, Cytoscape", *from_networkx(graph))

graph = igraph.Graph.Read_GraphML(str(folder / "1.graphml"))
found = {vertex["id"]: vertex.attributes() for vertex in graph.vs}
identities = graph.vs["id"]
# It drops the ids of edges.
links = [(edge["claim"], identities[edge.source], identities[edge.target], edge.attributes()) for edge in graph.es]
for _, _, _, data in links:
    # igraph has numbers of one type.
    data["position"] = int(data["position"])
assert graph.is_directed()
check(f"igraph {igraph.__version__}, GraphML", found, links, replaced)

document = json.loads((folder / "1.nodelink").read_text())
frame = pandas.DataFrame(document["nodes"]).astype(object).set_index("id", drop=False)
frame = frame.where(frame.notna(), None)
links = pandas.DataFrame(document["edges"]).astype(object)
links = links.where(links.notna(), None).to_dict("records")
links = [(link["key"], link["source"], link["target"], link) for link in links]
check(f"pandas {pandas.__version__}, node-link", frame.to_dict("index"), links)

if shutil.which("neato"):
    # Each node where the file says, so that nothing is laid out anew; as JSON, with all attributes.
    command = ["neato", "-n2", "-Gsplines=line", "-Tdot_json", str(folder / "1.dot")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    assert not done.stderr, done.stderr
    drawn = json.loads(done.stdout, strict=False)
    ours = lambda data: {key[3:]: value for key, value in data.items() if key.startswith("dn_")}
    # A backslash is doubled in DOT, and stays so.
    kept = lambda text: ALL_CONTROL.sub("\ufffd", text).replace("\\", "\\\\")
    found = {node["name"]: ours(node) for node in drawn["objects"]}
    identities = [node["name"] for node in drawn["objects"]]
    links = [
        (edge["id"], identities[edge["tail"]], identities[edge["head"]], {**ours(edge), "label": edge["label"]})
        for edge in drawn["edges"]
    ]
    for identity, _, _, data in links:
        # The label of an edge is drawn, and escaped for that.
        assert data["label"] == edges[identity]["relation_label"].replace("&", "&amp;"), data["label"]
        data["label"] = kept(edges[identity]["relation_label"])
    check("Graphviz, DOT", found, links, kept)
    if name == "odd":
        # Laid out by Graphviz itself; the odd data hold the embedded ones too.
        svg = subprocess.run(["dot", "-Tsvg", command[-1]], capture_output=True, text=True, timeout=580, check=True)
        assert svg.stdout.count('class="node"') == len(nodes) and svg.stdout.count('class="edge"') == len(edges)
        ElementTree.fromstring(svg.stdout)
        print("Graphviz, DOT: drawn as SVG")

accounts = {path.read_text() for path in folder.glob("*.account")}
for account in accounts:
    values = sum(row["standing"] == "stated" and bool(row["value_type"]) for row in table("claims"))
    others = sum(row["standing"] != "stated" for row in table("claims"))
    assert f"the evidence of {values} values; {len(several)} attributes" in account, account
    assert f"{others} claims that are not asserted" in account, account
print(f"{name}: the accounts tell what is missing")
