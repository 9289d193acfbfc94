"""Candidate pairs and their weights: hash joins only, then the model's levels as one CASE per field."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources
from typing import Any

from jaring.people import names

_LIKE = names.similarity_sql('"compact_l"', '"compact_r"')
LIKE_WITHOUT_SIDES = names.similarity_sql("o.compact", "v.compact")
_LIKE_MOTHER = names.similarity_sql('"mother_l"', '"mother_r"')
_CONTAINED = names.contained_sql('"key_l"', '"key_r"')
_CONTAINED_MOTHER = names.contained_sql('"mother_l"', '"mother_r"')
_NEAR_NIK = 'damerau_levenshtein("nik_l", "nik_r") <= 1'
_LOST_DIGIT = (
    'left("nik_l", 15) = left("nik_r", 15) AND '
    '(length("nik_l") = 15 OR length("nik_r") = 15 OR right("nik_l", 1) = \'0\' OR right("nik_r", 1) = \'0\')'
)
#: Two NIKs that one slip of the hand or of the spreadsheet could have made of one. Twins and neighbours in
#: the register's book differ in the serial alone: there the slip is believed only of one same name.
NIK_TYPO = (
    f"((({_NEAR_NIK}) OR ({_LOST_DIGIT}))"
    ' AND (right("nik_l", 4) = right("nik_r", 4) OR "key_l" = "key_r" OR "compact_l" = "compact_r"))'
)
#: Dates that offices write when only the year is known.
PLACEHOLDERS = "('01-01', '07-01', '12-31')"
_ROUGH_L = f"strftime(\"born_l\", '%m-%d') IN {PLACEHOLDERS}"
_ROUGH_R = f"strftime(\"born_r\", '%m-%d') IN {PLACEHOLDERS}"


def _field(name: str, missing: str, *levels: tuple[str, str], frequency: str = "") -> dict[str, Any]:
    listed: list[dict[str, Any]] = [
        {"sql_condition": missing, "label_for_charts": "kosong", "is_null_level": True}
    ]
    for condition, label in (*levels, ("ELSE", "lain")):
        level: dict[str, Any] = {"sql_condition": condition, "label_for_charts": label}
        if frequency and label.startswith(("sama", "terkandung")):
            level["tf_adjustment_column"] = frequency
            level["tf_minimum_u_value"] = 1e-6
        listed.append(level)
    return {"output_column_name": name, "comparison_levels": listed}


def _null(column: str) -> str:
    return f'"{column}_l" IS NULL OR "{column}_r" IS NULL'


def _born() -> dict[str, Any]:
    """The birth date, with the ways in which offices get it wrong."""
    year = 'year("born_l") = year("born_r")'
    day = 'day("born_l") = day("born_r")'
    month = 'month("born_l") = month("born_r")'
    swapped = f'{year} AND day("born_l") = month("born_r") AND month("born_l") = day("born_r")'
    year_only = f"({_ROUGH_L} OR {_ROUGH_R})"
    return _field(
        "born",
        _null("born"),
        (f'"born_l" = "born_r" AND NOT {_ROUGH_L}', "sama"),
        ('"born_l" = "born_r"', "sama, tanggal kira-kira"),
        (f"{swapped}", "hari dan bulan tertukar"),
        (f"{year} AND {year_only}", "tahun sama, tanggal kira-kira"),
        (f"{year} AND ({day} OR {month})", "hari atau bulan lain"),
        (f'{day} AND {month} AND abs(year("born_l") - year("born_r")) IN (1, 10)', "tahun lain"),
        ('abs(date_diff(\'day\', "born_l", "born_r")) <= 31', "sebulan"),
        (year, "tahun sama"),
    )


def comparisons() -> list[dict[str, Any]]:
    """The fields and the levels of agreement that Splink trains and that runs are weighed by."""
    return [
        _field(
            "name",
            _null("key"),
            ('"key_l" = "key_r"', "sama"),
            (f'"compact_l" = "compact_r" OR {_LIKE} >= 0.95', "hampir sama"),
            (f'"first_l" = "first_r" AND {_CONTAINED}', "terkandung, nama depan sama"),
            # The tail alone is often the father's name, which brothers and sisters share.
            (_CONTAINED, "terkandung"),
            (f"{_LIKE} >= 0.90", "mirip"),
            (f"{_LIKE} >= 0.82", "agak mirip"),
            frequency="key",
        ),
        _born(),
        _field("sex", _null("sex"), ('"sex_l" = "sex_r"', "sama")),
        _field(
            "place",
            _null("kec"),
            ('"desa_code_l" = "desa_code_r"', "desa sama"),
            ('"kec_l" = "kec_r"', "kecamatan sama"),
        ),
        _field(
            "nik",
            _null("nik"),
            ('"nik_l" = "nik_r"', "sama, nama lain"),
            (_LOST_DIGIT, "angka terakhir hilang"),
            (f'{_NEAR_NIK} AND right("nik_l", 4) = right("nik_r", 4)', "satu angka lain, nomor urut sama"),
            (_NEAR_NIK, "satu angka lain"),
            ('left("nik_l", 12) = left("nik_r", 12)', "tanggal dan wilayah sama"),
        ),
        _field(
            "kk",
            _null("kk"),
            ('"kk_l" = "kk_r"', "sama"),
            ('damerau_levenshtein("kk_l", "kk_r") <= 1', "satu angka lain"),
        ),
        _field(
            "mother",
            _null("mother"),
            ('"mother_l" = "mother_r"', "sama"),
            (f"{_LIKE_MOTHER} >= 0.90 OR {_CONTAINED_MOTHER}", "mirip"),
        ),
        _field("tel", _null("tel"), ('"tel_l" = "tel_r"', "sama")),
    ]


FIELDS = tuple(c["output_column_name"] for c in comparisons())
#: What the pairs are compared on.
COMPARED = ("key", "compact", "first", "born", "sex", "desa_code", "kec", "nik", "kk", "mother", "tel")


@cache
def model() -> dict[str, Any]:
    """The trained model that ships with the product; ``jaring people train`` makes it anew."""
    return json.loads(resources.files("jaring.people").joinpath("model.json").read_text(encoding="utf-8"))


def weight_sql(trained: dict[str, Any], *, chance: float) -> tuple[list[str], str]:
    """Per field the weight as a CASE, and the whole weight: log2 odds, as Splink sums them.

    ``chance`` is the probability that two random nodes are one person; frequencies of names come as the
    columns tf_key_l and tf_key_r.
    """
    columns = []
    for field in trained["comparisons"]:
        name, levels = field["output_column_name"], field["comparison_levels"]
        exact = next((lv for lv in levels if lv.get("tf_adjustment_column")), None)
        lines = []
        for level in levels:
            condition = level["sql_condition"]
            if level.get("is_null_level"):
                weight = "0::DOUBLE"
            else:
                weight = f"{math.log2(level['m_probability'] / level['u_probability'])!r}::DOUBLE"
                if level.get("tf_adjustment_column") and exact is not None:
                    least = level.get("tf_minimum_u_value", 0.0)
                    share = level.get("tf_adjustment_weight", 1.0)
                    weight += (
                        f" + {share!r} * ({math.log2(exact['u_probability'])!r}::DOUBLE - "
                        f'log2(greatest("tf_key_l", "tf_key_r", {least!r}::DOUBLE)))'
                    )
            lines.append(f"ELSE {weight}" if condition == "ELSE" else f"WHEN {condition} THEN {weight}")
        columns.append(f'CASE {" ".join(lines)} END AS "w_{name}"')
    prior = math.log2(chance / (1 - chance))
    total = " + ".join(
        [f"{prior!r}::DOUBLE", *(f'"w_{c["output_column_name"]}"' for c in trained["comparisons"])]
    )
    return columns, total
