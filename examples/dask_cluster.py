"""The targets of many reports, found on a Dask cluster: how many each place has set itself.

python examples/dask_cluster.py [ADDRESS [PATH...]]

ADDRESS is that of a running scheduler (dask scheduler, dask worker ADDRESS); without it, two processes of this machine
are the cluster.
"""

import sys
from functools import partial
from pathlib import Path

import dask
import dask.dataframe as dd
import pandas as pd
from distributed import Client

from govreport_nlp import extract_frame
from govreport_nlp.batch import dask_meta


def main(address: str | None = None, *paths: str) -> None:
    files = [Path(path) for path in paths] or sorted(Path("corpus").glob("*-202?.*"))
    reports = pd.DataFrame({"path": map(str, files), "content": [file.read_bytes() for file in files]})
    work = partial(extract_frame, text_column="content", file_column="path")
    own = {} if address else {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with Client(address, **own), dask.config.set({"dataframe.convert-string": False}):  # bytes are no strings
        pieces = dd.from_pandas(reports, npartitions=4)
        targets = pieces.map_partitions(work, "targets", meta=dask_meta("targets")).compute()
        errors = pieces.map_partitions(work, "errors", meta=dask_meta("errors")).compute()
    for (region, year), own_targets in targets.groupby(["region", "year"]):
        print(region, year, len(own_targets))
    for error in errors.itertuples():
        print(f"{error.file}: {error.problem}; {error.remedy}", file=sys.stderr)


if __name__ == "__main__":  # the processes of the cluster import this file
    main(*sys.argv[1:])
