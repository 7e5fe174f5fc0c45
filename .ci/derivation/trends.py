"""What changed between two periods, and whether by more than chance."""

from .chance import counts_differ, shares_differ
from .numbers import Rate
from .ombudsman import FAILINGS, RATED
from .volumes import slug

SAID = {"higher": "Higher, by more than chance", "lower": "Lower, by more than chance", "within": "No more than chance", "same": "The same",
        "too few": "Too few to tell"}


def days_of(rows, period):
    """How many days of a period had gone by on the report's date."""
    first, last = rows.windows[period]
    return max(0, (min(last, rows.as_of_day()) - first).days + 1)


def of_periods(rows, sql):
    """What a query counts in each period: the columns after the first."""
    found = {period: tuple(values) for period, *values in rows.ask(sql)}
    width = max((len(values) for values in found.values()), default=1)
    return {period: found.get(period, (0,) * width) for period in rows.windows}


def in_windows(day, what, table, condition="TRUE"):
    """A query of rows by the period of their day."""
    return f"SELECT period, {what} FROM {table} JOIN windows ON {day} BETWEEN first AND last WHERE {condition} GROUP BY 1"


def counted(rows):
    """The counts that are compared."""
    one = lambda day, table, condition: {period: count for period, (count, *_) in of_periods(rows, in_windows(day, "count(*)", table, condition)).items()}
    return {"stage-1": one("requested_on", "made", "stage = 1"), "stage-2": one("requested_on", "made", "stage = 2"),
            "refused": one("refused_on", "refusals", "what = 'complaint'"), "escalations-refused": one("refused_on", "refusals", "what = 'escalation'"),
            "service-requests": one("received_on", "cases", "kind = 'service-request'"), "compliments": one("received_on", "cases", "kind = 'compliment'")}


def shared(rows):
    """The shares that are compared: found, out of how many, and how many of those can still come to be in time."""
    pad = lambda found: {period: (*values, 0, 0, 0)[:3] for period, values in found.items()}
    ask = lambda *query: pad(of_periods(rows, in_windows(*query)))
    quoted = lambda words: ", ".join(f"'{word}'" for word in words)
    found = {"acknowledged-1": ask(
        "requested_on", "count(*) FILTER (acknowledgement = 'in-time'), count(*) FILTER (acknowledgement NOT IN ('ended', 'no-limit')), "
        "count(*) FILTER (acknowledgement = 'open')", "judged", "clock = 'code' AND stage = 1")}
    for stage in (1, 2):
        found[f"answered-{stage}"] = ask("requested_on", "count(*) FILTER (in_time), count(*), count(*) FILTER (answer = 'open')", "judged",
                                         f"clock = 'code' AND stage = {stage}")
    for stage in (1, 2):
        found[f"upheld-{stage}"] = ask("requested_on", "count(*) FILTER (outcome IN ('upheld', 'partly-upheld')), count(outcome)", "made",
                                       f"is_answered AND stage = {stage}")
    found["determinations"] = ask(
        "determined_on", "count(*) FILTER (failing), count(*) FILTER (rated)",
        f"(SELECT case_id, reference, min(determined_on) AS determined_on, bool_or(finding IN ({quoted(FAILINGS)})) AS failing, "
        f"bool_or(finding IN ({quoted(RATED)})) AS rated FROM findings GROUP BY ALL)")
    found["actions"] = pad(of_periods(
        rows, "SELECT period, count(*) FILTER (kept), count(*) FROM (SELECT period, case_id, bool_and(coalesce(done_on <= due_on, false)) AS kept FROM actions "
        "JOIN windows ON due_on BETWEEN first AND last WHERE due_on < {as_of} OR (due_on = {as_of} AND done_on IS NOT NULL) GROUP BY ALL) GROUP BY 1"))
    return found


def groups(rows):
    """The groups into which stage 1 complaints and what was learnt fall: a count in each period."""
    found = {}
    for name, sql in (
            ("category", "SELECT category, period, count(*) FROM made JOIN categories USING (case_id) JOIN windows ON requested_on BETWEEN first AND last WHERE stage = 1 GROUP BY ALL"),
            *((name, f"SELECT {column}, period, count(*) FROM made JOIN windows ON requested_on BETWEEN first AND last WHERE stage = 1 AND {column} IS NOT NULL GROUP BY ALL")
              for name, column in (("service", "service_area"), ("area", "area"), ("contractor", "contractor"))),
            ("cause", "SELECT root_cause, period, count(*) FROM learning JOIN windows ON recorded_on BETWEEN first AND last GROUP BY ALL")):
        of = rows.counts(sql)
        found |= {f"{name}-{slug(word)}": {period: of.of(word, period) for period in rows.windows} for word in of.words(0)}
    return found


def compared(rows, values, other):
    """What is said of a count now against another period's."""
    return SAID[counts_differ((values["now"], days_of(rows, "now")), (values[other], days_of(rows, other)))]


def changes(rows):
    """What changed by more than chance (whether it is one of the landlord's totals, the two figures, the side), and how many comparisons were made."""
    beyond, made = [], 0
    with_counts = lambda rate: f"{rate.text()}% ({rate.numerator:,} of {rate.denominator:,})"
    for other in (period for period in rows.windows if period != "now"):
        verdicts = [(total, f"{values['now']:,}", f"{values[other]:,}", compared(rows, values, other))
                    for total, subjects in ((True, counted(rows)), (False, groups(rows))) for values in subjects.values()]
        verdicts += [(True, with_counts(Rate(*values["now"][:2])), with_counts(Rate(*values[other][:2])), SAID[shares_differ(values["now"][:2], values[other][:2])])
                     for values in shared(rows).values() if values["now"][2] + values[other][2] == 0]
        made += len(verdicts)
        beyond += [(total, now, then, said.split(",")[0].lower()) for total, now, then, said in verdicts if said.endswith("by more than chance") and "," in said]
    return beyond, made


def derive(rows):
    """All of them, with what is said of each."""
    found, others = {}, [period for period in rows.windows if period != "now"]
    for subject, values in counted(rows).items():
        found |= {f"trends.{subject}.{period}": count for period, count in values.items()}
        found |= {f"trends.{subject}.{other}-verdict": compared(rows, values, other) for other in others}
    for subject, values in shared(rows).items():
        found |= {f"trends.{subject}.{period}": Rate(*rate[:2]) for period, rate in values.items()}
        for other in others:
            is_open = values["now"][2] + values[other][2] > 0
            found[f"trends.{subject}.{other}-verdict"] = "Not compared yet" if is_open else SAID[shares_differ(values["now"][:2], values[other][:2])]
    for subject, values in groups(rows).items():
        verdicts = {other: compared(rows, values, other) for other in others}
        # What is too rare to tell against every period is left out.
        if set(verdicts.values()) != {SAID["too few"]}:
            found |= {f"trend-groups.{subject}.{period}": count for period, count in values.items()}
            found |= {f"trend-groups.{subject}.{other}-verdict": said for other, said in verdicts.items()}
    return found
