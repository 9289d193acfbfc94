"""Jasa konstruksi: works insured by contract, not by month."""
