"""From tree to records: quantities, relative targets, slogans, projects."""
