"""Who complained, what is recorded of them and of their homes, and what they told of themselves."""

from .chance import shares_differ
from .numbers import Rate
from .volumes import slug

# What is remarkable about a complaint received, refused ones included.
REMARKS = {"represented": "represented", "anonymous": "anonymous", "group": "residents > 1", "adjustments": "adjustments > 0", "vulnerable": "vulnerable",
           "hazard": "hazard", "third-party": "third_party", "from-service-request": "from_service_request", "reopened": "reopened > 0",
           "directed": "directed_on IS NOT NULL"}

SAID = {"higher": "higher by more than chance", "lower": "lower by more than chance", "within": "no more than chance", "same": "the same",
        "too few": "too few to tell"}


def remarks(rows):
    """Complaints received in the period, by what is remarkable about them; one can be in several rows."""
    found = {}
    received = "FROM cases JOIN windows ON received_on BETWEEN first AND last WHERE period = 'now' AND kind = 'complaint'"
    for row, condition in REMARKS.items():
        count, every = rows.one(f"SELECT count(*) FILTER ({condition}), count(*) {received}")
        found |= {f"remarks.{row}.cases": count, f"remarks.{row}.share": Rate(count, every)}
    return found


def recorded(rows):
    """Stage 1 complaints with and without something recorded, and whether their shares differ by more than chance."""
    found = {}
    for name, condition in (("vulnerable", "vulnerable"), ("adjustments", "adjustments > 0"), ("hazard", "hazard")):
        groups = {}
        for row, wanted in ((name, "TRUE"), (f"{name}-not", "FALSE")):
            made, in_time, upheld, decided, still = rows.one(
                "SELECT count(*), count(*) FILTER (in_time), count(*) FILTER (is_answered AND outcome IN ('upheld', 'partly-upheld')), "
                "count(*) FILTER (is_answered AND outcome IS NOT NULL), count(*) FILTER (answer = 'open') FROM judged "
                f"JOIN windows ON requested_on BETWEEN first AND last WHERE period = 'now' AND clock = 'code' AND stage = 1 AND ({condition}) = {wanted}")
            groups[row] = (in_time, made), (upheld, decided), still
            found |= {f"recorded.{row}.made": made, f"recorded.{row}.in-time": Rate(in_time, made), f"recorded.{row}.upheld": Rate(upheld, decided)}
        (in_time, upheld, still), (other_in_time, other_upheld, other_still) = groups[name], groups[f"{name}-not"]
        answered = "not compared yet" if still + other_still else SAID[shares_differ(in_time, other_in_time)]
        found |= {f"recorded.{name}.verdict": f"In time: {answered}; upheld: {SAID[shares_differ(upheld, other_upheld)]}", f"recorded.{name}-not.verdict": "–"}
    return found


def contractors(rows):
    """Stage 1 complaints by who provided the service, each provider beside all the others."""
    of = rows.ask("SELECT coalesce(contractor, ''), count(*) FILTER (in_time), count(*), count(*) FILTER (is_answered AND outcome IN ('upheld', 'partly-upheld')), "
                  "count(*) FILTER (is_answered AND outcome IS NOT NULL), count(*) FILTER (answer = 'open') FROM judged "
                  "JOIN windows ON requested_on BETWEEN first AND last WHERE period = 'now' AND clock = 'code' AND stage = 1 GROUP BY 1")
    every = [sum(row[place] for row in of) for place in range(1, 6)]
    found = {}
    for name, *own in [*of, ("total", *every)]:
        others = [all_of - count for all_of, count in zip(every, own)]
        answered = "not compared yet" if every[4] else SAID[shares_differ(own[:2], others[:2])]
        said = f"In time: {answered}; upheld: {SAID[shares_differ(own[2:4], others[2:4])]}"
        row = f"contractors.{slug(name) or 'own'}"
        found |= {f"{row}.made": own[1], f"{row}.in-time": Rate(*own[:2]), f"{row}.upheld": Rate(*own[2:4]),
                  f"{row}.verdict": said if others[1] else "–"}
    return found


def equality(rows):
    """What residents behind the complaints received told of themselves, and how many told nothing."""
    of = rows.counts("SELECT characteristic, answer, sum(residents)::BIGINT FROM equality JOIN windows ON received_on BETWEEN first AND last "
                     "WHERE period = 'now' GROUP BY ALL")
    (every,) = rows.one("SELECT coalesce(sum(residents), 0)::BIGINT FROM cases JOIN windows ON received_on BETWEEN first AND last "
                        "WHERE period = 'now' AND kind = 'complaint'")
    found = {}
    for characteristic in of.words(0):
        told = {answer: count for (which, answer), count in of.items() if which == characteristic}
        for answer, count in {**told, "silent": every - sum(told.values())}.items():
            row = f"equality.{characteristic}-{answer}"
            found |= {f"{row}.residents": count, f"{row}.share": Rate(count, every)}
    return found


def derive(rows):
    """All of them."""
    return {**remarks(rows), **recorded(rows), **contractors(rows), **equality(rows)}
