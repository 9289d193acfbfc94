"""Dana bagi hasil (DBH) sawit."""
