"""Asks Spark, on several executors, which countries share work, and compares with our answers."""

import os
import sys
import time
from pathlib import Path

from ours import Ours, rows
from pyspark.sql import SparkSession

folder = Path(sys.argv[1])
QUERIES = Path("dn-rdf/queries")
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
spark, master = start()
print(f"Spark {spark.version} on {master}")
ready = time.monotonic()

# Every cell is read as Python's own reader reads it; of a large network, the number of rows is enough.
for path in sorted((folder / "tables").glob("*.csv")):
    table = read(spark, path.stem)
    wanted = [tuple(cell or None for cell in row) for row in rows(path)]
    found = [tuple(row) for row in table.collect()] if len(wanted) < 100_000 else table.count()
    if found not in (wanted, len(wanted)):
        sys.exit(f"Spark reads another {path.name}")
    print(f"{path.name}: {len(wanted)} rows")

# What the questions need of them. A file with ends of lines within cells is read in one piece, so it
# is then spread over the executors.
for table, columns in {
    "claims": ["subject", "subject_kind", "relation", "object", "object_kind", "standing"],
    "entities": ["id", "kind"],
    "relations": ["name", "work"],
    "broader": ["entity", "broader"],
}.items():
    read(spark, table).select(columns).repartition(EXECUTORS).cache().createOrReplaceTempView(table)

loaded = time.monotonic()
sharing = spark.sql((QUERIES / "sharing.sql").read_text()).cache()
sharing.createOrReplaceTempView("sharing")
sharing_rows = [tuple(row) for row in sharing.collect()]
shared = time.monotonic()
pairs_rows = [tuple(row) for row in spark.sql((QUERIES / "pairs.sql").read_text()).collect()]
paired = time.monotonic()

tasks = executors(spark)
print("tasks by executor:", ", ".join(f"{id}: {count}" for id, count in sorted(tasks.items())) or "all in the driver")
if "local-cluster" in master and not all(tasks.values()):
    sys.exit("not all executors have worked")
spark.stop()
ours.compare("Spark", sharing_rows, pairs_rows)
print(
    f"seconds: start {ready - began:.1f}, read {loaded - ready:.1f}, sharing {shared - loaded:.1f},"
    f" pairs {paired - shared:.1f}"
)
