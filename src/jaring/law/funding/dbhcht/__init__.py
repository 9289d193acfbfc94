"""Dana bagi hasil cukai hasil tembakau (DBHCHT)."""
