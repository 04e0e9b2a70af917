"""Rules are data that carry their own proof: TOML and CSV files and one strict loader."""

from govreport_nlp.rules.loader import SHIPPED, Rule, RuleDirectory, RuleFile, Ruleset

__all__ = ["SHIPPED", "Rule", "RuleDirectory", "RuleFile", "Ruleset"]
