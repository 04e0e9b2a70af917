"""``govreport-nlp panel``, ``outcomes`` and ``gaps``: headline targets, what became of them, and against whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govreport_nlp.batch import Corpus
from govreport_nlp.cli.common import complain, console, counted, rules_option
from govreport_nlp.cli.reading import many_options
from govreport_nlp.errors import GovReportError
from govreport_nlp.rules import Ruleset
from govreport_nlp.tables.atomic import atomic_file
from govreport_nlp.tables.csvfile import ENCODING, guarded

if TYPE_CHECKING:
    import pandas as pd

_OUTPUT = click.option("-o", "--output", metavar="FILE", required=True, type=click.Path(), help="CSV file to write.")
_SCHEME = click.option(
    "--constraints",
    "scheme",
    default="wording_2019",
    show_default=True,
    help="Scheme that says how hard a target binds (docs/codebook.md lists them).",
)


@click.command()
@many_options
@_OUTPUT
@click.option("--wide", "as_wide", is_flag=True, help="One row a report, with a column for each indicator.")
@click.option("--gaps", "with_gaps", is_flag=True, help="Add distances to the parent, the nation and last year.")
@_SCHEME
@rules_option
@click.pass_context
def panel(
    ctx: click.Context,
    paths: tuple[str, ...],
    workers: int | None,
    text_column: str | None,
    output: str,
    as_wide: bool,
    with_gaps: bool,
    scheme: str,
    rules: Ruleset,
) -> None:
    """Write the headline target of every standard indicator of each report.

    One row a report and indicator; `form` tells a number from a relative or assigned target, and a target that the
    report says is not set from one that was not found and from a file that could not be read.
    """
    from govreport_nlp import analysis

    if as_wide and with_gaps:
        raise click.UsageError("--gaps needs the long form; leave --wide out.")
    corpus = Corpus(paths, rules=rules, workers=workers, text_column=text_column)
    try:
        frame = analysis.panel(corpus, scheme=scheme, rules=rules)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--constraints") from error
    numeric = int((frame["form"] == "numeric").sum())
    unreadable = frame[frame["form"] == "unreadable"]
    made = analysis.wide(frame) if as_wide else analysis.gaps(frame) if with_gaps else frame
    _write(made, output)
    for row in unreadable.itertuples():
        complain(f"{row.file}: {row.sentence}.")
    read = frame.loc[frame["form"] != "unreadable", "file"].nunique()
    console().print(f"{counted(read, 'report')}, {counted(numeric, 'numeric target')}. Panel in {output}")
    if not read:
        ctx.exit(1)


@click.command()
@many_options
@_OUTPUT
@rules_option
@click.pass_context
def outcomes(
    ctx: click.Context,
    paths: tuple[str, ...],
    workers: int | None,
    text_column: str | None,
    output: str,
    rules: Ruleset,
) -> None:
    """Join each numeric headline target with what the next year's report says was reached.

    Give the reports of a place over several years; those of other places may be among them.
    """
    from govreport_nlp import analysis

    corpus = Corpus(paths, rules=rules, workers=workers, text_column=text_column)
    frame = analysis.outcomes(corpus, rules=rules)
    _write(frame, output)
    verdicts = ", ".join(f"{n} {verdict}" for verdict, n in frame["verdict"].value_counts().items())
    for row in corpus.errors.itertuples():
        complain(GovReportError(str(row.file), str(row.problem), str(row.remedy)))
    console().print(f"{counted(len(frame), 'outcome')}: {verdicts or 'no two years of one place'}. Written to {output}")
    if not len(frame):
        ctx.exit(1)


_SIGNED = ("bound", "relation")


def _write(frame: pd.DataFrame, output: str) -> None:
    # Our own signs (=, >=) are no text of a report: an apostrophe before them would only be in the way.
    texts = [c for c in map(str, frame.select_dtypes(include=["object", "string"])) if not c.endswith(_SIGNED)]
    safe = frame.assign(**{c: frame[c].map(lambda v: guarded(v) if isinstance(v, str) else v) for c in texts})
    with atomic_file(output, encoding=ENCODING, newline="") as file:
        safe.to_csv(file, index=False, lineterminator="\r\n")
