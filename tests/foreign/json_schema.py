"""Holds the project's own data files against their JSON Schemas with a foreign validator, and refuses bad ones."""

import copy
import json
import sys
import tomllib
from pathlib import Path

from jsonschema import Draft202012Validator

FILE, RECORD = (
    Draft202012Validator(json.loads(Path("dn-model/schema", name).read_text()))
    for name in ("data-file.schema.json", "record.schema.json")
)
for validator in (FILE, RECORD):
    Draft202012Validator.check_schema(validator.schema)

# Every file of ours is valid.
files = [*sorted(Path("dn-model/data").rglob("*.toml")), Path("dn-model/relations.toml"), Path("examples/data/ruritania.toml")]
assert len(files) >= 22, files
for file in files:
    for error in FILE.iter_errors(tomllib.loads(file.read_text())):
        raise SystemExit(f"{file}: {error.json_path}: {error.message}")
lines = Path(sys.argv[1]).read_text().splitlines()
assert len(lines) > 2000
sorts = set()
for number, line in enumerate(lines, 1):
    record = json.loads(line)
    sorts.add(record["record"])
    for error in RECORD.iter_errors(record):
        raise SystemExit(f"line {number}: {error.json_path}: {error.message}")
assert {"entity", "document", "passage", "claim"} <= sorts, sorts
print(f"{len(files)} data files and {len(lines)} lines are valid")

# A good file, and what makes it bad.
HASH = "0" * 64
GOOD = tomllib.loads(f"""
version = "1"
[document]
id = "document:notes"
name = "Notes"
issued = "2025-11"
sha256 = "{HASH}"
[[entity]]
id = "country:ruritania"
name = "Ruritania"
iso_alpha2 = "RU"
[[entity]]
id = "challenge:trust"
name = "Trust"
broader = "topic:trust"
[[relation]]
name = "asks"
label = "asks"
inverse = "is asked by"
definition = "The subject asks the object."
relates = [{{ domain = "country", range = ["country", "organization"] }}]
[[passage]]
position = 1
sha256 = "{HASH}"
claims = [
  {{ subject = "country:ruritania", relation = "reports", object = "challenge:trust", standing = "planned", to = ".." }},
  {{ subject = "meeting:first", relation = "ordinal", value = 1 }},
  {{ subject = "meeting:first", relation = "format", value = "virtual" }},
  {{ subject = "country:ruritania", relation = "asks", object = "country:ruritania" }},
]
[[withdrawn]]
id = "0123456789abcdef01234567"
since = "1"
reason = "it was wrong"
""")
assert FILE.is_valid(GOOD), next(FILE.iter_errors(GOOD))

BAD = {
    "an unknown key of the file": lambda f: f.update(entities=[]),
    "an unknown key of an entity": lambda f: f["entity"][0].update(label="x"),
    "an entity without a name": lambda f: f["entity"][0].pop("name"),
    "an empty name": lambda f: f["entity"][0].update(name=""),
    "an unknown kind": lambda f: f["entity"][0].update(id="nation:ruritania"),
    "a slug with capitals": lambda f: f["entity"][0].update(id="country:Ruritania"),
    "a code of three letters for one of two": lambda f: f["entity"][0].update(iso_alpha2="RUR"),
    "a code of what is no country": lambda f: f["entity"][1].update(iso_alpha2="TR"),
    "a challenge without a main topic": lambda f: f["entity"][1].pop("broader"),
    "a country under a topic": lambda f: f["entity"][0].update(broader="topic:trust"),
    "a document without its hash": lambda f: f["document"].pop("sha256"),
    "a hash in capitals": lambda f: f["document"].update(sha256="A" * 64),
    "a 13th month": lambda f: f["document"].update(issued="2025-13"),
    "a date with a slash": lambda f: f["document"].update(issued="2025/11"),
    "an open date of issue": lambda f: f["document"].update(issued=".."),
    "position 0": lambda f: f["passage"][0].update(position=0),
    "a position as text": lambda f: f["passage"][0].update(position="1"),
    "a passage without a document": lambda f: f.pop("document"),
    "a claim without a subject": lambda f: f["passage"][0]["claims"][0].pop("subject"),
    "a claim with object and value": lambda f: f["passage"][0]["claims"][0].update(value="x"),
    "a claim with neither": lambda f: f["passage"][0]["claims"][0].pop("object"),
    "an unknown standing": lambda f: f["passage"][0]["claims"][0].update(standing="maybe"),
    "an unknown stage": lambda f: f["passage"][0]["claims"][0].update(stage="done"),
    "an unknown scope": lambda f: f["passage"][0]["claims"][0].update(scope="few"),
    "what is inferred without a note": lambda f: f["passage"][0]["claims"][0].update(inferred="object"),
    "a subject that the relation cannot have": lambda f: f["passage"][0]["claims"][0].update(subject="topic:trust"),
    "an object that it cannot have": lambda f: f["passage"][0]["claims"][0].update(object="country:ruritania"),
    "a number in words": lambda f: f["passage"][0]["claims"][1].update(value="one"),
    "a value beside a closed list": lambda f: f["passage"][0]["claims"][2].update(value="online"),
    "a relation in camel case": lambda f: f["passage"][0]["claims"][3].update(relation="asksOf"),
    "a topic as a qualifier of another kind": lambda f: f["passage"][0]["claims"][0].update(on="country:ruritania"),
    "a relation without a definition": lambda f: f["relation"][0].pop("definition"),
    "a relation of an unknown kind": lambda f: f["relation"][0]["relates"][0].update(domain="nation"),
    "a relation to values of an unknown type": lambda f: f["relation"][0].update(value="money"),
    "an id of a claim that is too short": lambda f: f["withdrawn"][0].update(id="0123"),
    "a date without quotes": lambda f: f["document"].update(issued=tomllib.loads("d = 2025-11-12")["d"]),
}
for what, break_it in BAD.items():
    bad = copy.deepcopy(GOOD)
    break_it(bad)
    assert not FILE.is_valid(bad), f"{what} is let through"

CLAIM = {"record": "claim", "passage": "notes-p1", "subject": "country:a", "relation": "runs", "object": "initiative:b"}
assert RECORD.is_valid(CLAIM)
BAD_RECORDS = {
    "no sort": {k: v for k, v in CLAIM.items() if k != "record"},
    "an unknown sort": CLAIM | {"record": "statement"},
    "no passage": {k: v for k, v in CLAIM.items() if k != "passage"},
    "a passage at 0": CLAIM | {"passage": "notes-p0"},
    "an unknown key": CLAIM | {"claims": []},
    "a wrong kind": CLAIM | {"object": "topic:b"},
    "null": CLAIM | {"note": None},
}
for what, bad in BAD_RECORDS.items():
    assert not RECORD.is_valid(bad), f"{what} is let through"
print(f"{len(BAD) + len(BAD_RECORDS)} bad files and records are refused")
