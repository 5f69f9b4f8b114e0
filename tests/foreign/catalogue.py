"""Runs the catalogue of queries in rdflib over the TriG export, and compares with what `sparql --run` answers.

Each query is run twice, with the example values of its header and with all parameters open, and in rdflib with the
default graph alone and with the union of all graphs. For other engines, the texts with their values are written to
`texts` and our answers to `answers`, in the folder that is given.
"""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

from rdflib import Dataset, Graph, Literal, URIRef

BASE = "https://w3id.org/digital-nations/"
QUERIES = Path("dn-rdf/queries")
# What a query is made of: comments, IRIs, texts, variables, words, and single characters.
TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)|(?P<iri><[^<>\"{}|^`\\\s]*>)|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<variable>[?$]\w+)|(?P<word>[\w:.-]+)|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)


class CatalogueQuery:
    def __init__(self, path):
        self.name, self.text = path.stem, path.read_text()
        found = re.findall(r"^# parameter: \?(\w+) = (.*)$", self.text, re.MULTILINE)
        self.examples = dict(found)

    def is_bound_only(self):
        """Whether it answers nothing while a parameter is open."""
        return "has to be given" in self.text

    def bound(self):
        """The text with the example values: each group that names a parameter begins with its value."""
        tokens = [match for match in TOKEN.finditer(self.text)]
        groups, stack = {}, []
        for n, token in enumerate(tokens):
            if token.group() == "{":
                before = [t.group() for t in tokens[:n] if not (t["space"] or t["comment"])][-1]
                after = next(t.group() for t in tokens[n + 1 :] if not (t["space"] or t["comment"]))
                # Neither a template nor a list of values is a group, and a subquery names its own.
                earlier = [t.group().upper() for t in tokens[:n] if not (t["space"] or t["comment"])][-3:]
                is_values = before == ")" and "VALUES" in texts_before(tokens, n) or "VALUES" in earlier[-2:]
                is_group = before.upper() != "CONSTRUCT" and not is_values and after.upper() != "SELECT"
                stack.append(n if is_group else None)
                if is_group:
                    groups[n] = []
            elif token.group() == "}":
                stack.pop()
            elif token["variable"] and stack and stack[-1] is not None:
                name = token.group()[1:]
                if name in self.examples and name not in groups[stack[-1]]:
                    groups[stack[-1]].append(name)
        out = []
        for n, token in enumerate(tokens):
            out.append(token.group())
            for name in groups.get(n, []):
                out.append(f" VALUES ?{name} {{ {term(self.examples[name]).n3()} }}")
        return "".join(out)


def texts_before(tokens, n):
    """The last words before a token, back to the last brace."""
    words = []
    for token in reversed(tokens[:n]):
        if token.group() in "{}":
            break
        words.append(token.group().upper())
    return words


def term(value):
    """The value in the form that the command line gives it."""
    if re.fullmatch(r"[a-z0-9-]+-p\d+", value):
        return URIRef(BASE + "passage/" + value)
    if ":" in value:
        return URIRef(BASE + value.replace(":", "/"))
    return Literal(int(value)) if value.isdigit() else Literal(value)


def cell(binding):
    """A term so that the same one is equal, in whatever form it was written."""
    if binding is None:
        return None
    if isinstance(binding, dict):
        kind, value, datatype = binding["type"], binding["value"], binding.get("datatype")
    else:
        kind = "uri" if isinstance(binding, URIRef) else "literal"
        value, datatype = str(binding), getattr(binding, "datatype", None)
    datatype = str(datatype or "").removeprefix("http://www.w3.org/2001/XMLSchema#")
    return (kind, value, "" if datatype == "string" else datatype)


def read(text):
    """What a file of results holds: a truth, or rows in their order."""
    result = json.loads(text)
    if "boolean" in result:
        return result["boolean"]
    names = result["head"]["vars"]
    return [tuple(cell(row.get(name)) for name in names) for row in result["results"]["bindings"]]


def ours(query, values, answers, variant):
    command = [*SPARQL, "--run", query.name, *[f"{name}={value}" for name, value in values.items()]]
    is_graph = "\nCONSTRUCT" in query.text
    if not is_graph:
        command += ["--format", "json"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    (answers / f"{query.name}.{variant}.{'ttl' if is_graph else 'json'}").write_text(answer)
    return set(Graph().parse(data=answer, format="turtle")) if is_graph else read(answer)


def theirs(data, text):
    result = data.query(text)
    if result.type == "ASK":
        return bool(result.askAnswer)
    if result.type == "CONSTRUCT":
        return set(result.graph)
    return [tuple(cell(row[name]) for name in result.vars) for row in result]


def explain(ours, theirs):
    if isinstance(ours, bool) or isinstance(theirs, Exception):
        return f"{ours}, not {theirs}"
    missing, more = [row for row in ours if row not in theirs], [row for row in theirs if row not in ours]
    order = "" if missing or more else "; only the order or the number of equal rows differs"
    return f"{len(ours)} rows of ours, {len(theirs)} of theirs{order}; only ours {missing[:2]}, only theirs {more[:2]}"


def compare(folder, answers):
    """Compares our answers with those that another engine wrote, each file with its setting before its ending."""
    faults, count = [], 0
    for file in sorted(answers.iterdir()):
        query, variant, setting, _ = file.name.split(".")
        if file.suffix == ".nt":
            theirs = set(Graph().parse(file, format="nt"))
            expected = set(Graph().parse(folder / "answers" / f"{query}.{variant}.ttl", format="turtle"))
        else:
            theirs = read(file.read_text())
            expected = read((folder / "answers" / f"{query}.{variant}.json").read_text())
        count += 1
        if theirs != expected:
            faults.append(f"{query}, {variant}, {setting}: {explain(expected, theirs)}")
    assert not faults and count, "\n".join(faults)
    print(f"the catalogue: {count} answers agree")


if __name__ == "__main__" and sys.argv[1] == "--compare":
    compare(Path(sys.argv[2]), Path(sys.argv[3]))
elif __name__ == "__main__":
    folder, SPARQL = Path(sys.argv[1]), sys.argv[2:]
    for name in ("texts", "answers"):
        (folder / name).mkdir(exist_ok=True)
    separate, union = Dataset(), Dataset(default_union=True)
    for data in (separate, union):
        data.parse(folder / "dn.trig", format="trig")
    queries = [CatalogueQuery(path) for path in sorted(QUERIES.glob("*.rq"))]
    faults, slow = [], []
    for query in queries:
        variants = {"bound": (query.examples, query.bound()), "open": ({}, query.text)}
        for variant, (values, text) in variants.items():
            if variant == "open" and query.is_bound_only() or variant == "bound" and not values:
                continue
            (folder / "texts" / f"{query.name}.{variant}.rq").write_text(text)
            expected = ours(query, values, folder / "answers", variant)
            if not expected and not isinstance(expected, bool) and query.name != "unclaimed":
                faults.append(f"{query.name}, {variant}: nothing is answered")
            for name, data in (("default graph", separate), ("union", union)):
                start = time.monotonic()
                try:
                    answer = theirs(data, text)
                except Exception as error:
                    answer = error
                took = time.monotonic() - start
                if took > 5:
                    slow.append(f"{query.name}, {variant}, {name}: {took:.1f} s")
                if answer != expected:
                    faults.append(f"{query.name}, {variant}, {name}: {explain(expected, answer)}")
    for line in slow:
        print(f"slow: {line}", flush=True)
    assert not faults, "\n".join(faults)
    print(f"the catalogue: {len(queries)} queries, with values and open, with two default graphs, agree with rdflib")
