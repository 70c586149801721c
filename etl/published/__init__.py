"""Published statistics: from files of many layouts to cells with values exactly as published."""
