"""What is measured: definitions, arithmetic, statistics, store and snapshots."""
