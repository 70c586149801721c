"""Our figures beside those that another tool shows: paired, compared, differences explained."""
