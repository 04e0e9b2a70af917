"""Where parts are worked on: processes of this machine, a Dask cluster, a Spark cluster."""

from govreport_nlp.batch.engines.engine import ENGINES, Engine, Name, open_engine

__all__ = ["ENGINES", "Engine", "Name", "open_engine"]
