"""The regulator's measures and the counts of its return: tenants only, reconciled with all residents."""

from .numbers import Rate
from .volumes import STOCK, homes_for

# What is published of the sector for 2024-25: lower quartile, median, upper quartile, pooled, how many landlords.
SECTOR = {"ch01-1": ("34.3", "53.9", "72.8", "67.7", "354"), "ch02-1": ("72.1", "89.9", "96.9", "78.6", "353"),
          "ch01-2": ("5.2", "8.35", "13.6", "13.5", "354"), "ch02-2": ("69.9", "88.9", "100", "75", "354")}


def answered(rows):
    """Complaints by stage, type of home and how they were answered by the Code."""
    return rows.counts("SELECT stage, stock_type, answer, count(*) FROM judged JOIN windows ON requested_on BETWEEN first AND last "
                       "WHERE clock = 'code' AND period = 'now' GROUP BY ALL")


def measures(rows):
    """CH01 and CH02, and what goes with them into the return. Low cost home ownership is returned by itself from 1,000 homes on."""
    of, homes, found = answered(rows), homes_for(rows), {}
    for stock in ("lcra", "lcho"):
        there = homes.get(stock)
        is_returned = stock == "lcra" or (there or 0) >= 1000
        give = lambda name, value: found.__setitem__(f"{name}.{stock}", value if is_returned else "[Z]")
        give("return.homes", "[X]" if there is None else there)
        for stage in (1, 2):
            every, without, within = of.of(stage, stock), of.of(stage, stock, "without-extension"), of.of(stage, stock, "within-extension")
            give(f"tsm.ch01-{stage}", "[X]" if there is None else Rate(every, there, 1000))
            give(f"tsm.ch02-{stage}", Rate(without + within, every))
            give(f"tsm.ch02-{stage}-without-extension", Rate(without, every))
            give(f"tsm.ch02-{stage}-within-extension", Rate(within, every))
            give(f"return.made-{stage}", every)
            give(f"return.answered-{stage}", without + within)
            give(f"return.without-extension-{stage}", without)
            give(f"return.within-extension-{stage}", within)
    return found


def populations(rows):
    """From those whose figures are returned to all residents."""
    of, found = answered(rows), {}
    returned = ["lcra"] + (["lcho"] if homes_for(rows).get("lcho", 0) >= 1000 else [])
    for name, stocks in (*((stock, (stock,)) for stock in STOCK), ("returned", returned), ("all", (None,))):
        for stage in (1, 2):
            every = sum(of.of(stage, stock) for stock in stocks)
            in_time = sum(of.of(stage, stock, answer) for stock in stocks for answer in ("without-extension", "within-extension"))
            found |= {f"populations.{name}.stage-{stage}": every, f"populations.{name}.stage-{stage}-in-time": Rate(in_time, every)}
    return found


def sector(measured):
    """The landlord's own low cost rental figures beside those that are published of the sector."""
    found = {}
    for measure, published in SECTOR.items():
        found[f"sector.{measure}.own"] = measured[f"tsm.{measure}.lcra"]
        for column, value in zip(("lower", "median", "upper", "pooled", "landlords"), published):
            found[f"sector.{measure}.{column}"] = value
    return found


def perception(measured):
    """TP09 rests on a survey that is given as a file; without one there is no answer."""
    rows = ("very-satisfied", "fairly-satisfied", "neither", "fairly-dissatisfied", "very-dissatisfied", "asked", "tp09")
    is_returned = measured["return.homes.lcho"] != "[Z]"
    return {f"tp09.{row}.{stock}": "[X]" if stock == "lcra" or is_returned else "[Z]" for row in rows for stock in ("lcra", "lcho")}


def derive(rows):
    """All of them; of a year alone."""
    if not rows.is_of_year:
        return {}
    measured = measures(rows)
    return {**measured, **populations(rows), **sector(measured), **perception(measured)}
