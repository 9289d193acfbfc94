"""The same rules in OpenFisca-core, written well: vectorised, parameters by date, brackets by its scale."""

from __future__ import annotations

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench._law_peers import BASES, JKM, PU_RATES, RISK_RATES, STARTS, share

PERSON = build_entity("person", "persons", "A worker", is_person=True)
_SINCE = "2015-07-01"


def _value(amount: float | dict[str, float]) -> dict[str, object]:
    dated = amount if isinstance(amount, dict) else {_SINCE: amount}
    return {"values": {day: {"value": value} for day, value in dated.items()}}


PARAMETERS = {
    "base": {
        "metadata": {"type": "single_amount"},
        "brackets": [
            {"threshold": {_SINCE: {"value": int(start)}}, "amount": {_SINCE: {"value": int(base)}}}
            for start, base in zip(STARTS, BASES, strict=True)
        ],
    },
    "jkm": _value(JKM),
    "ceiling": _value({_SINCE: 7_000_000, "2025-03-01": 10_547_400, "2026-03-01": 11_086_300}),
    # Parts of JKK and JKM that are left, in hundredths.
    "left_transport": _value({_SINCE: 100, "2026-01-01": 50, "2027-04-01": 100}),
    "left_other": _value({_SINCE: 100, "2026-04-01": 50, "2027-01-01": 100}),
}


def _input(name: str, kind: type = int) -> type[Variable]:
    return type(
        name,
        (Variable,),
        {
            "value_type": kind,
            "entity": PERSON,
            "definition_period": DateUnit.YEAR,
            "label": name,
        },
    )


class base(Variable):  # noqa: N801
    value_type = int
    entity = PERSON
    definition_period = DateUnit.YEAR
    label = "Base of the income bracket, once a year"

    def formula(person, period, parameters):  # noqa: N805
        return parameters(period.start).base.calc(person("income", period)).astype(np.int64)


class left(Variable):  # noqa: N801
    value_type = int
    entity = PERSON
    definition_period = DateUnit.MONTH
    label = "What the discount leaves, in hundredths"

    def formula(person, period, parameters):  # noqa: N805
        year, now = period.this_year, parameters(period)
        offered = np.where(person("transport", year), now.left_transport, now.left_other)
        return np.where(person("own", year), offered, 100)


class jkk(Variable):  # noqa: N801
    value_type = int
    entity = PERSON
    definition_period = DateUnit.MONTH
    label = "JKK"

    def formula(person, period, parameters):  # noqa: N805
        year = period.this_year
        wage = person("wage", year).astype(np.int64)
        bpu = person("base", year).astype(np.int64) * person("left", period) // 10_000
        return np.where(person("pu", year), share(wage, RISK_RATES[person("risk", year)]), bpu)


class jkm(Variable):  # noqa: N801
    value_type = int
    entity = PERSON
    definition_period = DateUnit.MONTH
    label = "JKM"

    def formula(person, period, parameters):  # noqa: N805
        year = period.this_year
        bpu = parameters(period).jkm * person("left", period) // 100
        return np.where(person("pu", year), share(person("wage", year).astype(np.int64), PU_RATES[0]), bpu)


class jht(Variable):  # noqa: N801
    value_type = int
    entity = PERSON
    definition_period = DateUnit.MONTH
    label = "JHT"

    def formula(person, period, parameters):  # noqa: N805
        year = period.this_year
        wage = person("wage", year).astype(np.int64)
        bpu = np.where(person("with_jht", year), person("base", year) // 50, 0)
        return np.where(person("pu", year), share(wage, PU_RATES[1]) + share(wage, PU_RATES[2]), bpu)


class jp(Variable):  # noqa: N801
    value_type = int
    entity = PERSON
    definition_period = DateUnit.MONTH
    label = "JP"

    def formula(person, period, parameters):  # noqa: N805
        year = period.this_year
        capped = np.minimum(person("wage", year), parameters(period).ceiling).astype(np.int64)
        return np.where(person("pu", year), share(capped, PU_RATES[3]) + share(capped, PU_RATES[4]), 0)


def system() -> TaxBenefitSystem:
    """The rules, ready for any population."""
    made = TaxBenefitSystem([PERSON])
    made.parameters = ParameterNode("", data=PARAMETERS)
    booleans = ("pu", "own", "transport", "with_jht")
    inputs = [
        *(_input(name, bool) for name in booleans),
        *(_input(name) for name in ("income", "wage", "risk")),
    ]
    for variable in (*inputs, base, left, jkk, jkm, jht, jp):
        made.add_variable(variable)
    return made


def year(rules: TaxBenefitSystem, people: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Twelve months of each programme, added up."""
    simulation = SimulationBuilder().build_default_simulation(rules, len(people["pu"]))
    for name, values in {
        "pu": people["pu"],
        "own": (people["source"] == 2) | (people["source"] == 3),
        "transport": people["transport"],
        "with_jht": people["programmes"] >= 1,
        "income": people["income_idr"],
        "wage": people["wage_idr"],
        "risk": people["risk"],
    }.items():
        simulation.set_input(name, "2026", values)
    found = {f"{one}_idr": simulation.calculate_add(one, "2026") for one in ("jkk", "jkm", "jht", "jp")}
    return {**found, "iuran_idr": sum(one.astype(np.int64) for one in found.values())}
