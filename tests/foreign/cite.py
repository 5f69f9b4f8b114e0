"""Holds citations in BibTeX and CSL-JSON against each other, as foreign programs read them."""

import json
import re
import sys
import tomllib
from pathlib import Path

import bibtexparser
import citeproc
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

folder = Path(sys.argv[1])
bibtex = "\n".join(path.read_text() for path in (folder / "bibtex").iterdir())
items = {item["id"]: item for path in (folder / "csl").iterdir() for item in json.loads(path.read_text())}
# Commands of LaTeX itself of which this reader does not know that they print these.
context = get_default_latex_context_db()
ascii = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
context.add_context_category("ascii", macros=[MacroTextSpec(*pair) for pair in ascii.items()], prepend=True)
latex = LatexNodes2Text(latex_context=context, keep_comments=True, strict_latex_spaces=True)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def plain(text):
    """What LaTeX prints."""
    return latex.latex_to_text(text)


def same(what, ours, theirs):
    if ours != theirs:
        sys.exit(f"{what}: {ours!r} became {theirs!r}")


def compare(program, key, fields, month_of):
    """The fields of an entry say what the item does."""
    item = items[key]
    author = [{"literal": plain(fields["author"])}] if "author" in fields else None
    same(f"{program}, author of {key}", item.get("author"), author)
    for name, field in {"title": "title", "publisher": "howpublished", "note": "note", "annote": "annote"}.items():
        same(f"{program}, {field} of {key}", item.get(name), plain(fields[field]) if field in fields else None)
    date = [int(fields["year"])] if "year" in fields else []
    date += [month_of(fields["month"])] if "month" in fields else []
    date += [int(fields["day"])] if "day" in fields else []
    same(f"{program}, date of {key}", item.get("issued", {"date-parts": [[]]})["date-parts"], [date])


# Every name in the items is one of the schema of styles, which lists the variables.
schema = Path(citeproc.__file__).parent / "data/schema/schemas/styles"
words = lambda name: set(re.findall(r'"([A-Za-z-]+)"', (schema / name).read_text()))
types, variables = words("csl-types.rnc"), words("csl-variables.rnc")
for item in items.values():
    same("type", True, item["type"] in types)
    same("names", set(), set(item) - variables - {"id", "type"})
    same("names", True, all(set(name) == {"literal"} for name in item.get("author", [])))
    parts = item.get("issued", {}).get("date-parts", [[0]])
    same("date", True, len(parts) == 1 and 1 <= len(parts[0]) <= 3 and all(type(part) is int for part in parts[0]))

# pybtex; it knows the names of months.
database = parse_string(bibtex, "bibtex")
same("keys in pybtex", set(items), set(database.entries))
for key, entry in database.entries.items():
    fields = dict(entry.fields)
    persons = entry.persons.get("author", [])
    if persons:
        same(f"names of {key}", 1, len(persons))
        fields["author"] = str(persons[0])
    month = lambda text: 1 + [name.capitalize() for name in MONTHS].index(text[:3])
    compare("pybtex", key, {name: str(field) for name, field in fields.items()}, month)

# bibtexparser, which tells blocks that it cannot read.
library = bibtexparser.parse_string(bibtex)
same("what bibtexparser cannot read", [], library.failed_blocks)
same("keys in bibtexparser", sorted(items), sorted(entry.key for entry in library.entries))
for entry in library.entries:
    fields = {field.key: str(field.value) for field in entry.fields}
    compare("bibtexparser", entry.key, fields, lambda text: 1 + MONTHS.index(text[:3].lower()))

# What was written is what was given.
odd = tomllib.loads((folder / "odd.toml").read_text())["document"]
item = items["document:odd"]
for name, key in {"title": "title", "publisher": "publisher", "url": "URL"}.items():
    same(name, odd[name], item[key])
same("author", odd["author"], item["author"][0]["literal"])
same("paragraph", "All of {it} & 100 % of_it.", items["passage:odd-p1"]["annote"])

# citeproc-py formats all of them.
style = CitationStylesStyle("harvard-cite-them-right", validate=False)
source = CiteProcJSON(items.values())
bibliography = CitationStylesBibliography(style, source, formatter.plain)
for key in items:
    bibliography.register(Citation([CitationItem(key)]))
printed = [str(entry) for entry in bibliography.bibliography()]
same("entries", len(items), len(printed))
for item in items.values():
    year = str(item["issued"]["date-parts"][0][0])
    words = re.findall(r"\w+", item["title"])[:3]
    found = [line for line in printed if year in line and re.findall(r"\w+", line).count(words[0])]
    same(f"{item['id']} in citeproc-py", True, bool(found))
print(
    f"{len(items)} citations: BibTeX in pybtex and bibtexparser says what CSL-JSON does; citeproc-py prints them all,"
)
print(f"such as: {next(line for line in printed if 'Joyce Murray' in line)}")
