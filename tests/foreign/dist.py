"""Runs the programs of the README's part for researchers, and holds what they print against our answers."""

import csv
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

folder = Path(sys.argv[1])
README = Path("README.md").read_text()
PART = README[README.index("## For a researcher") : README.index("## The examples")]
PORT = "7878"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PART, re.M | re.S)


def answer(name):
    with open(folder / f"{name}.csv", newline="") as file:
        return list(csv.reader(file))[1:]


def run(command, program, name):
    """What a program prints; it must end well and complain of nothing."""
    done = subprocess.run(command, input=program, capture_output=True, text=True, timeout=120)
    if done.returncode or done.stderr:
        sys.exit(f"{name} fails:\n{program}\n{done.stdout}{done.stderr}")
    return done.stdout


def counts(printed):
    """Name and number from lines such as `Republic of Korea    7`."""
    return {match[1]: int(match[2]) for match in re.finditer(r"^(\S.*?)\s+(\d+)$", printed, re.M)}


def same(what, ours, theirs):
    if ours != theirs:
        sys.exit(f"{what}: we say {ours}, there it is {theirs}")
    print(f"{what}: agrees")


runs = {name: int(number) for name, number in answer("runs")}
assert len(runs) >= 8, runs
frame, triples, served = blocks("python")
same("initiatives by country in pandas", runs, counts(run([sys.executable, "-"], frame, "pandas")))

printed = run([sys.executable, "-"], triples, "rdflib")
same("claims on Uruguay in rdflib", len(answer("where-written")), len(printed.splitlines()))

if shutil.which("Rscript"):
    (program,) = blocks("r")
    cells = run(["Rscript", "-"], program.replace("print(sort", "write.csv(sort"), "R")
    theirs = {row[1]: int(row[2]) for row in csv.reader(cells.splitlines()[1:])}
    same("initiatives by country in R", runs, theirs)
    run(["Rscript", "-"], program, "R")

# Each cell of each table, as pandas and R read it, is that of a plain reader.
import pandas  # noqa: E402

for path in sorted(Path("dn-rdf/dist").glob("*.csv")):
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    table = pandas.read_csv(path, dtype=str, keep_default_na=False)
    assert list(table.columns) == header and table.values.tolist() == rows, path
    if shutil.which("Rscript"):
        program = (
            f'x <- read.csv("{path}", colClasses = "character", na.strings = character(), encoding = "UTF-8")\n'
            'con <- stdout(); for (row in seq_len(nrow(x))) writeLines(paste(x[row, ], collapse = "\\x1f"), con, useBytes = TRUE)'
        )
        printed = subprocess.run(["Rscript", "-"], input=program.encode(), capture_output=True, timeout=120, check=True)
        theirs = printed.stdout.decode().removesuffix("\n")
        assert theirs == "\n".join("\x1f".join(row) for row in rows), path
print("every cell of every table: the same")

oxigraph = Path(sys.executable).parent / "oxigraph"
if oxigraph.exists():
    _, load, serve = blocks("bash")[0].strip().splitlines()
    store = folder / "db"
    for_here = lambda line: [str(oxigraph)] + line.replace("target/db", str(store)).split()[1:]
    subprocess.run(for_here(load), check=True, capture_output=True, timeout=120)
    server = subprocess.Popen(for_here(serve), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("localhost", int(PORT))) == 0:
                    break
            time.sleep(0.1)
        print(run([sys.executable, "-"], served, "pandas over HTTP").splitlines()[0])
        query = urlencode({"query": Path("dn-rdf/queries/by-countries.rq").read_text()})
        request = Request(f"http://localhost:{PORT}/query?{query}", headers={"Accept": "text/csv"})
        with urlopen(request, timeout=60) as response:
            theirs = list(csv.reader(response.read().decode().splitlines()))[1:]
        ours = answer("by-countries")
        # Topics with as many countries are in whatever order.
        same("topics by countries on the server", sorted(ours), sorted(theirs))
    finally:
        server.terminate()
        server.wait(10)
