"""Which slogans a place took up and which it dropped from one year's report to the next.

python examples/slogans_that_come_and_go.py [PATH...]
"""

import sys

from govreport_nlp import Corpus

corpus = Corpus(sys.argv[1:] or "corpus/zeyang-*.txt")
slogans = corpus.to_frame("slogans").query("is_slogan")
for region, own in slogans.groupby("region"):
    by_year = {year: set(group["text"]) for year, group in own.groupby("year")}
    for before, after in zip(sorted(by_year), sorted(by_year)[1:], strict=False):
        print(f"{region} {before} -> {after}")
        print("  new:    ", "、".join(sorted(by_year[after] - by_year[before])))
        print("  dropped:", "、".join(sorted(by_year[before] - by_year[after])))
for error in corpus.errors.itertuples():
    print(f"{error.file}: {error.problem}; {error.remedy}", file=sys.stderr)
