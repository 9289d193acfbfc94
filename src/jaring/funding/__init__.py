"""Who may pay, within budget."""
