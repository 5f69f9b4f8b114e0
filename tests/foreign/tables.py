"""Asks SQLite and DuckDB over the tables which countries share work, and compares with our answers."""

import sqlite3
import sys
from pathlib import Path

import duckdb

from ours import Ours, header, rows

folder = Path(sys.argv[1])
QUERIES = Path("dn-rdf/queries")
tables = sorted((folder / "tables").glob("*.csv"))
ours = Ours(folder)


def ask(engine, database):
    """Both questions, the second over the answer to the first."""
    database.execute("CREATE TABLE sharing AS " + (QUERIES / "sharing.sql").read_text())
    sharing = database.execute("SELECT topic, country FROM sharing").fetchall()
    pairs = database.execute((QUERIES / "pairs.sql").read_text()).fetchall()
    ours.compare(engine, sharing, pairs)


lite = sqlite3.connect(":memory:")
for path in tables:
    columns = header(path)
    lite.execute(f"CREATE TABLE {path.stem} ({', '.join(f'{column} TEXT' for column in columns)})")
    cells = ", ".join("?" for _ in columns)
    lite.executemany(f"INSERT INTO {path.stem} VALUES ({cells})", rows(path))
ask(f"SQLite {sqlite3.sqlite_version}", lite)

# DuckDB reads the files itself: every cell as Python's reader does.
duck = duckdb.connect()
for path in tables:
    file = str(path).replace("'", "''")
    duck.execute(f"CREATE TABLE {path.stem} AS FROM read_csv('{file}', header = true, all_varchar = true)")
    found = duck.execute(f"FROM {path.stem}").fetchall()
    if found != [tuple(cell or None for cell in row) for row in rows(path)]:
        sys.exit(f"DuckDB reads another {path.name}")
ask(f"DuckDB {duckdb.__version__}", duck)
