"""What the year's cases show of each provision in the self-assessment: a sentence for each figure, whose words stand beside the Code as data."""

import tomllib
from pathlib import Path

from .handling import PERMITTED
from .numbers import Rate
from .residents import REMARKS

RULES = Path(__file__).parents[2] / "shared/codes/proposals.toml"

# What is said of nothing at all, and in place of a figure that would give somebody away.
NOTHING, HIDDEN = "Measured: there was nothing in the year to which it applied.", "Measured, of so few cases that no figure is told."

# How many versions of the policy began in the year is no matter of cases, and the extract has no policies.
NOT_OF_CASES = ("policy-changes",)


def now(day, table, condition="TRUE"):
    """SQL for rows of the report's own period."""
    return f"FROM {table} JOIN windows ON {day} BETWEEN first AND last WHERE period = 'now' AND {condition}"


def rate(rows, found, day, table, condition="TRUE"):
    """How many of some rows of the period something is true of."""
    return Rate(*rows.one(f"SELECT count(*) FILTER ({found}), count(*) {now(day, table, condition)}"))


def count(rows, what, day, table, condition="TRUE"):
    """How many there are."""
    return rows.one(f"SELECT count({what}) {now(day, table, condition)}")[0]


def of_stages(rows):
    """What has to be kept at each stage, on the Code's clock."""
    found = {}
    due = "(due_on < {as_of} OR (due_on = {as_of} AND done_on IS NOT NULL))"
    for stage in (1, 2):
        of, own = f"clock = 'code' AND stage = {stage}", f"stage = {stage}"
        found |= {
            f"acknowledged-stage-{stage}": rate(rows, "acknowledgement = 'in-time'", "requested_on", "judged", f"{of} AND acknowledgement NOT IN ('ended', 'no-limit')"),
            f"answered-stage-{stage}": rate(rows, "in_time", "requested_on", "judged", of),
            f"extensions-stage-{stage}": rate(rows, "all_permitted", "requested_on", f"made JOIN ({PERMITTED}) USING (case_id, stage)", own),
            f"extension-notices-stage-{stage}": rate(rows, "ombudsman_details", "decided_on", "extensions", own),
            f"actions-stage-{stage}": rate(rows, "done_on <= due_on", "due_on", "actions", f"{own} AND {due}"),
        }
    return found | {"actions": rate(rows, "done_on <= due_on", "due_on", "actions", due)}


def kept(rows):
    """What else has to be kept."""
    upheld = "is_answered AND outcome IN ('upheld', 'partly-upheld')"
    faults, remedied = rows.one(f"SELECT count(DISTINCT case_id), count(DISTINCT case_id) FILTER (case_id IN (SELECT case_id FROM remedies)) "
                                f"{now('requested_on', 'made', upheld)}")
    return {
        "late-and-updated": rate(rows, "updates_agreed AND updates_late = 0", "requested_on", "judged", "clock = 'code' AND answer IN ('late', 'overdue')"),
        "updates-kept": rate(rows, "updates_late = 0", "requested_on", "made", "updates_agreed"),
        "restrictions-reviewed": rate(rows, "lifted_on IS NOT NULL OR review_on IS NULL OR review_on >= {as_of}", "since_on", "restrictions"),
        "escalations-taken-on": rate(rows, "outcome = 'accepted'", "requested_on", "escalations", "outcome IN ('accepted', 'refused', 're-reviewed')"),
        "refusals-that-stand": rate(rows, "overturned_on IS NULL", "refused_on", "refusals", "what = 'complaint'"),
        "late-complaints-weighed": rate(rows, "discretion_considered", "refused_on", "refusals", "what = 'complaint' AND ground = 'out-of-time'"),
        "faults-remedied": Rate(remedied, faults),
    }


def told(rows):
    """What tells of complaints received, and decides nothing."""
    received = ("received_on", "cases", "kind = 'complaint'")
    remarked = {"represented": "represented", "from-service-requests": "from-service-request", "adjustments": "adjustments", "third-party": "third-party",
                "vulnerable": "vulnerable", "hazards": "hazard"}
    return {name: rate(rows, REMARKS[remark], *received) for name, remark in remarked.items()} | {
        "service-requests": count(rows, "*", "received_on", "cases", "kind = 'service-request'"),
        "refused": rate(rows, "triage = 'refused'", *received),
        "refusals-weighed": rate(rows, "discretion_considered", "refused_on", "refusals", "what = 'complaint'"),
        "directed": count(rows, "directed_on", *received),
        "channels": count(rows, "DISTINCT channel", "requested_on", "made", "stage = 1"),
        "stage-1-made": count(rows, "*", "requested_on", "made", "stage = 1"),
        "went-to-stage-2": count(rows, "*", "requested_on", "escalations"),
        "remedies-at-stage-1": rate(rows, "stage IS DISTINCT FROM 2", "offered_on", "remedies"),
        "remedies-accepted": rate(rows, "accepted_on IS NOT NULL", "offered_on", "remedies"),
        "determinations": count(rows, "DISTINCT (case_id, reference)", "determined_on", "findings"),
        "improvements": count(rows, "*", "recorded_on", "learning"),
        "improvements-done": rate(rows, "done_on IS NOT NULL", "recorded_on", "learning"),
        "improvements-reported": rate(rows, "reported_to IS NOT NULL", "recorded_on", "learning"),
        "themes": count(rows, "DISTINCT theme", "recorded_on", "learning"),
    }


def sentence(figure, value):
    """A figure as the form says it."""
    if isinstance(value, Rate):
        if value.denominator == 0:
            return NOTHING
        share = "" if figure["asks"] == "nothing" else f" ({value.text()}%)"
        value = f"{value.numerator:,} of {value.denominator:,}{share}"
    else:
        value = f"{value:,}"
    return f"Measured: {figure['says'].replace('{}', value, 1)}."


def compare(name, rows, report, is_published):
    """How many sentences of the form were derived, and every way in which it says something else."""
    sections = (report["assessment"] or {}).get("sections", ())
    printed = {row["number"]: [line for line in row["evidence"] if line.startswith("Measured")] for section in sections for group in section["groups"]
               for row in group["rows"]}
    values, compared, wrong = of_stages(rows) | kept(rows) | told(rows), 0, []
    figures = [figure for figure in tomllib.loads(RULES.read_text())["figures"] if figure["id"] not in NOT_OF_CASES]
    for number, lines in printed.items():
        # That there was nothing is said once.
        expected = list(dict.fromkeys(sentence(figure, values[figure["id"]]) for figure in figures if number in figure["provisions"]))
        lines = [line for line in lines if not line.startswith("Measured: versions of the policy")]
        if len(lines) != len(expected):
            wrong.append(f"{name}: {number} says {lines}, derived {expected}")
            continue
        for line, derived in zip(lines, expected):
            is_hidden = is_published and (line == HIDDEN or "fewer than 5" in line)
            compared += not is_hidden
            wrong += [] if is_hidden or line == derived else [f"{name}: {number} says {line!r}, derived {derived!r}"]
    return compared, wrong
