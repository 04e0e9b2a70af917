"""``python -m govreport_nlp``: the command ``govreport-nlp``."""

from govreport_nlp.cli import main

if __name__ == "__main__":
    main(prog_name="govreport-nlp")
