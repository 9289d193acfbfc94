"""Keringanan iuran: temporary reductions of BPU's JKK and JKM."""
