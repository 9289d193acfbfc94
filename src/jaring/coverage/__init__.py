"""How many are protected, counted so that it survives an auditor."""
