"""Asks Spark, on several executors, which countries share work, and compares with our answers."""

import os
import sys
import time
from pathlib import Path

from ours import Ours, rows
from pyspark.sql import SparkSession

folder = Path(sys.argv[1])
# Two processes of one core and 1024 MiB each, beside the driver.
CLUSTER, EXECUTORS = "local-cluster[2,1,1024]", 2


def session(master):
    """Spark within this machine: everything is bound to loopback, and what it writes is in the folder."""
    builder = SparkSession.builder.master(master).appName("digital-nations")
    for name, value in {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": folder / "scratch",
        "spark.sql.warehouse.dir": folder / "warehouse",
        # As many as there are cores: the default of 200 is for hundreds of them.
        "spark.sql.shuffle.partitions": EXECUTORS,
        # Recursive queries stop at a million rows, unless they are told otherwise.
        "spark.sql.cteRecursionRowLimit": -1,
    }.items():
        builder = builder.config(name, str(value))
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def executors(spark):
    """The tasks that each executor has done, without the driver."""
    found = spark.sparkContext._jsc.sc().statusStore().executorList(True)
    found = [found.apply(n) for n in range(found.length())]
    return {each.id(): each.totalTasks() for each in found if each.id() != "driver"}


def start():
    """Several executors as processes of their own; where these do not come up, threads."""
    try:
        spark = session(CLUSTER)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if len(executors(spark)) == EXECUTORS:
                return spark, f"{CLUSTER}: {EXECUTORS} executors, each a process"
            time.sleep(0.1)
        spark.stop()
        reason = "its executors did not come up within two minutes"
    except Exception as error:
        reason = str(error).splitlines()[0]
    return session("local[2]"), f"local[2]: 2 threads, since {CLUSTER} failed: {reason}"


def read(spark, table):
    """A table as it is written: every cell text, quotes doubled, ends of lines within cells."""
    return spark.read.csv(
        str(folder / "tables" / f"{table}.csv"), header=True, quote='"', escape='"', multiLine=True, mode="FAILFAST"
    )


began = time.monotonic()
ours = Ours(folder)
# The program of the README, to be run where the tables and the queries are. The folder is that of Spark
# too, which keeps the one in which it was started.
program = Path("dn-rdf/README.md").read_text().split("```python\n")[1].split("```")[0]
queries = {path.name: path.read_text() for path in Path("dn-rdf/queries").glob("*.sql")}
os.chdir(folder)
for name, text in queries.items():
    Path(name).write_text(text)
spark, master = start()
print(f"Spark {spark.version} on {master}")
ready = time.monotonic()

# Every cell is read as Python's own reader reads it; of a large table, the number of rows is enough.
for path in sorted((folder / "tables").glob("*.csv")):
    table, count = read(spark, path.stem), sum(1 for _ in rows(path))
    if count < 20_000:
        same = [tuple(row) for row in table.collect()] == [tuple(cell or None for cell in row) for row in rows(path)]
    else:
        same = table.count() == count
    if not same:
        sys.exit(f"Spark reads another {path.name}")
    print(f"{path.name}: {count} rows")
loaded = time.monotonic()

exec(program, {"spark": spark})
sharing_rows = [tuple(row) for row in spark.table("sharing").collect()]
pairs_rows = [tuple(row) for row in spark.sql(queries["pairs.sql"]).collect()]
asked = time.monotonic()

tasks = executors(spark)
print("tasks by executor:", ", ".join(f"{id}: {count}" for id, count in sorted(tasks.items())) or "all in the driver")
if "local-cluster" in master and not all(tasks.values()):
    sys.exit("not all executors have worked")
spark.stop()
ours.compare("Spark", sharing_rows, pairs_rows)
print(f"seconds: start {ready - began:.1f}, read {loaded - ready:.1f}, ask {asked - loaded:.1f}")
