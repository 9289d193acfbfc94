"""Keringanan iuran menurut keadaan: the pandemic of 2020, and labour-intensive industry in 2025."""
