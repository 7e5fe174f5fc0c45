"""How many complaints there were: by kind, month, channel, service, area, provider and home."""

from . import periods
from .numbers import Rate, change

KINDS = ("complaint", "service-request", "enquiry", "comment", "compliment", "policy-feedback")
STOCK = ("lcra", "lcho", "leasehold", "other")


def slug(word):
    """A word of the landlord's as it is in the name of a figure."""
    return "".join(letter.lower() if letter.isalnum() else "-" for letter in word)


def change_of(rows, period, now, before):
    """By how much a period's count changed, once the period is over."""
    return change(now, before) if period[1] <= rows.as_of_day() else ""


def made(rows, by="NULL"):
    """Complaints made, by period, stage and something else."""
    return rows.counts(f"SELECT period, stage, {by}, count(*) FROM made JOIN windows ON requested_on BETWEEN first AND last GROUP BY ALL")


def kinds(rows):
    """Everything that came in."""
    found = {}
    received = rows.counts("SELECT period, kind, count(*) FROM cases JOIN windows ON received_on BETWEEN first AND last GROUP BY ALL")
    for kind in (*KINDS, "all"):
        now, before = (received.of(period, None if kind == "all" else kind) for period in ("now", "before"))
        found |= {f"kinds.{kind}.cases": now, f"kinds.{kind}.before": before, f"kinds.{kind}.change": change_of(rows, rows.own, now, before)}
    return found


def by_time(rows, table, each):
    """Complaints by month or quarter, beside those of a year before, and how many were answered late."""
    found = {}
    first, last = rows.own
    spans = {"all": (first, last)}
    steps = periods.months_of(first, last)
    if steps is None:
        steps = (last.year - first.year) * 12 + last.month - first.month + 1
    for place in range(0, steps, each):
        begin = periods.months_from(periods.first_of(first.year, first.month), place)
        end = periods.months_from(begin, each) - periods.DAY
        spans[begin.strftime("%Y-%m")] = (max(begin, first), min(end, last))
    for name, span in spans.items():
        for stage in (1, 2):
            count = lambda of, what="TRUE": rows.one(
                f"SELECT count(*) FROM judged WHERE clock = 'code' AND stage = {stage} AND requested_on BETWEEN '{of[0]}' AND '{of[1]}' AND {what}")[0]
            now, before = count(span), count(periods.year_before(span))
            row = f"{table}.{name}.stage-{stage}"
            # Of what has not come nothing is known: it is not one of none.
            known = lambda count: "" if span[0] > rows.as_of_day() else count
            found |= {row: known(now), f"{row}-before": before, f"{row}-change": change_of(rows, span, now, before),
                      f"{row}-late": known(count(span, "answer = 'late'"))}
    return found


def channels(rows):
    """Stage 1 complaints by how they were made."""
    of = made(rows, "channel")
    every = of.of("now", 1)
    found = {"channels.all.stage-1": every, "channels.all.share": Rate(every, every)}
    for channel in sorted({key[2] for key in of if key[:2] == ("now", 1)}):
        count = of.of("now", 1, channel)
        found |= {f"channels.{slug(channel)}.stage-1": count, f"channels.{slug(channel)}.share": Rate(count, every)}
    return found


def grouped(rows, table, column):
    """Complaints of both stages by a word of the landlord's."""
    of = made(rows, column)
    found = {}
    for word in {key[2] for key in of if key[0] == "now"}:
        row = f"{table}.{slug(word) if word is not None else 'own'}"
        pick = lambda stage: sum(count for key, count in of.items() if key[0] == "now" and key[2] == word and stage in (key[1], None))
        found |= {f"{row}.stage-1": pick(1), f"{row}.stage-2": pick(2), f"{row}.all": pick(None)}
    for stage, column in ((1, "stage-1"), (2, "stage-2"), (None, "all")):
        found[f"{table}.total.{column}"] = of.of("now", stage)
    return found


def providers(rows):
    """By who provided the service, with the share of each."""
    found = grouped(rows, "providers", "contractor")
    for column in ("stage-1", "stage-2", "all"):
        found.setdefault(f"providers.own.{column}", 0)
        every = found[f"providers.total.{column}"]
        for name in [name for name in found if name.endswith(f".{column}") and not name.startswith("providers.total.")]:
            found[name.replace(f".{column}", f"-share.{column}")] = Rate(found[name], every)
    return found


def homes_for(rows):
    """The homes that a report goes by: of its own year's end, or in place of a year that is not over, the latest before."""
    first = rows.own[0]
    within = f"year_start = '{first}'" if rows.is_of_year else f"year_start <= '{first}' AND year_start > '{periods.months_from(first, -24)}'"
    return dict(rows.ask(f"SELECT stock_type, arg_max(homes, year_start) FROM stock WHERE {within} GROUP BY 1"))


def per_thousand(rows):
    """Complaints for the homes that there are; both kinds of tenants together, where the homes of both are known."""
    of, homes = made(rows, "stock_type"), homes_for(rows)
    found = {}
    for name, stocks in (*((stock, (stock,)) for stock in STOCK), ("tenants", ("lcra", "lcho"))):
        there = sum(homes[stock] for stock in stocks) if all(stock in homes for stock in stocks) else None
        found[f"per-1000.{name}.homes"] = "[X]" if there is None else there
        for stage in (1, 2):
            count = sum(of.of("now", stage, stock) for stock in stocks)
            found[f"per-1000.{name}.stage-{stage}"] = count
            found[f"per-1000.{name}.stage-{stage}-rate"] = "[X]" if there is None else Rate(count, there, 1000)
    return found


def derive(rows):
    """All of them."""
    return {**kinds(rows), **by_time(rows, "months", 1), **by_time(rows, "quarters", 3), **channels(rows), **grouped(rows, "services", "service_area"),
            **grouped(rows, "areas", "area"), **providers(rows), **per_thousand(rows)}
