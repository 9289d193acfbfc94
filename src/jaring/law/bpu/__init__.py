"""Bukan penerima upah: workers outside an employment relation."""
