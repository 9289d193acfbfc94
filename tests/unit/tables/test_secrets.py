"""Sealed text opens only where it was sealed; equal texts are equal by index alone."""

from __future__ import annotations

import polars as pl
import pytest
from cryptography.exceptions import InvalidTag

from jaring.tables import secrets

NIK = "5203010101900001"


def test_sealed_text_opens_with_its_own_context_only() -> None:
    sealed = secrets.encrypt(NIK, "people.person:1:nik")
    assert NIK.encode() not in sealed
    assert secrets.decrypt(sealed, "people.person:1:nik") == NIK
    with pytest.raises(InvalidTag):
        secrets.decrypt(sealed, "people.person:2:nik")


def test_the_blind_index_is_stable_and_depends_on_purpose() -> None:
    assert secrets.blind(NIK, "nik") == secrets.blind(NIK, "nik")
    assert secrets.blind(NIK, "nik") != secrets.blind(NIK, "kk")
    column = secrets.blind_column(pl.Series("nik", [NIK, None]), "nik")
    assert column.to_list() == [secrets.blind(NIK, "nik"), None]


def test_a_column_is_sealed_as_its_values_are_each_with_a_nonce_of_its_own() -> None:
    values = pl.Series("nik", [NIK, None, NIK, ""])
    contexts = pl.Series([f"people.person:{n}:nik" for n in range(4)])
    sealed = secrets.encrypt_column(values, contexts)
    assert secrets.decrypt_column(sealed, contexts).to_list() == values.to_list()
    assert secrets.decrypt(sealed[2], "people.person:2:nik") == NIK
    assert len({one[1:13] for one in sealed.drop_nulls()}) == 3
