"""How complaints were handled: acknowledgements, answers, days, extensions, escalation, and what is open."""

from .numbers import Rate, at, median, word

# Of an answer that was owed by the clock: where the policy sets no time, there is nothing to be in.
ANSWERS = ("late", "overdue", "open", "withdrawn", "closed", "no-limit")
ACKNOWLEDGED = ("late", "overdue", "open", "ended", "no-limit")
AGES = {"a": (0, 14), "b": (15, 28), "c": (29, 56), "d": (57, 100_000), "all": (0, 100_000)}


def on_clocks(rows, what):
    """Stages by period, stage, clock and how they stand."""
    return rows.counts(f"SELECT period, stage, clock, {what}, count(*) FROM judged JOIN windows ON requested_on BETWEEN first AND last GROUP BY ALL")


def responses(rows):
    """Answers on both clocks."""
    of, found = on_clocks(rows, "answer"), {}
    for stage in (1, 2):
        for clock in ("code", "policy"):
            row, every = f"responses.{stage}-{clock}", of.of("now", stage, clock)
            without, within, undated = (of.of("now", stage, clock, answer) for answer in ("without-extension", "within-extension", "no-limit"))
            found |= {f"{row}.in-time": Rate(without + within, every - undated), f"{row}.without-extension": without, f"{row}.within-extension": within}
            found |= {f"{row}.{answer}": of.of("now", stage, clock, answer) for answer in ANSWERS}
    return found


def acknowledgements(rows):
    """Acknowledgements on both clocks: what ended before its last day for one is neither kept nor missed."""
    of, found = on_clocks(rows, "acknowledgement"), {}
    for stage in (1, 2):
        for clock in ("code", "policy"):
            row, in_time = f"acknowledged.{stage}-{clock}", of.of("now", stage, clock, "in-time")
            owed = of.of("now", stage, clock) - of.of("now", stage, clock, "ended") - of.of("now", stage, clock, "no-limit")
            found[f"{row}.in-time"] = Rate(in_time, owed)
            found |= {f"{row}.{how}": of.of("now", stage, clock, how) for how in ACKNOWLEDGED}
    return found


def days(rows):
    """Working days from receipt, or from the request for stage 2: the day after is day 1, the same day 0."""
    found = {}
    for what, column, counts in (("acknowledge", "acknowledged_on", "TRUE"), ("answer", "responded_on", "is_answered")):
        taken = rows.ask(f"SELECT period, stage, until.nth - since.nth FROM made JOIN windows ON requested_on BETWEEN first AND last "
                         f"JOIN days since ON since.day = requested_on JOIN days until ON until.day = {column} WHERE {counts}")
        for stage in (1, 2):
            of = lambda period: [days for where, which, days in taken if (where, which) == (period, stage)]
            row = f"days.{stage}-{what}"
            found |= {f"{row}.count": len(of("now")), f"{row}.median": word(median(of("now"))), f"{row}.ninetieth": word(at(of("now"), 9, 10)),
                      f"{row}.longest": word(max(of("now"), default=None))}
            found |= {f"{row}.{period}-median": word(median(of(period))) for period in rows.windows if period != "now"}
    return found


# An extension is one that the Code permits where it was decided by the date that it moves, was told with the Ombudsman's details, and
# promises an answer no more than 10 or 20 working days after the first one.
PERMITTED = """
SELECT case_id, stage, bool_and(e.ombudsman_details AND e.decided_on <= coalesce(greatest(m.code_respond_due_on, e.moved), m.code_respond_due_on)
        AND promised.nth - due.nth <= CASE stage WHEN 1 THEN 10 ELSE 20 END) AS all_permitted, count(*) AS notices
FROM made m JOIN (SELECT *, max(respond_by) OVER (PARTITION BY case_id, stage ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS moved
    FROM extensions) e USING (case_id, stage)
JOIN days promised ON promised.day = e.respond_by JOIN days due ON due.day = m.code_respond_due_on GROUP BY ALL
"""


def extensions(rows):
    """Extensions of the stages of the period, the notices decided in it, and the updates that were agreed."""
    found = {}
    for stage in (1, 2):
        every, permitted, others, agreed, given = rows.one(
            f"SELECT count(*), count(*) FILTER (all_permitted), count(*) FILTER (NOT all_permitted), count(*) FILTER (updates_agreed), "
            f"count(*) FILTER (updates_agreed AND updates_late = 0) FROM made JOIN windows ON requested_on BETWEEN first AND last "
            f"LEFT JOIN ({PERMITTED}) USING (case_id, stage) WHERE period = 'now' AND stage = {stage}")
        notices, detailed = rows.one(
            f"SELECT count(*), count(*) FILTER (ombudsman_details) FROM extensions JOIN windows ON decided_on BETWEEN first AND last "
            f"WHERE period = 'now' AND stage = {stage}")
        found |= {f"extensions.{stage}.permitted": Rate(permitted, every), f"extensions.{stage}.not-permitted": Rate(others, every),
                  f"extensions.{stage}.notices": Rate(detailed, notices), f"extensions.{stage}.updates": Rate(given, agreed)}
    return found


def still_open(rows):
    """What is open on the report's date, of whatever period, by calendar days since the request."""
    found = {}
    for name, (youngest, oldest) in AGES.items():
        for stage in (1, 2):
            count = lambda clock, what: rows.one(
                f"SELECT count(*) FROM judged WHERE clock = '{clock}' AND stage = {stage} AND standing = 'open' AND {what} "
                f"AND {{as_of}} - requested_on BETWEEN {youngest} AND {oldest}")[0]
            row = f"open.{name}.stage-{stage}"
            found |= {row: count("code", "TRUE"), f"{row}-code": count("code", "answer = 'overdue'"), f"{row}-policy": count("policy", "answer = 'overdue'")}
    return found


def escalation(rows):
    """Stage 2 out of stage 1, in each period; and the requests by what came of them."""
    found = {}
    of = on_clocks(rows, "NULL")
    for period in rows.windows:
        first, second = of.of(period, 1, "code"), of.of(period, 2, "code")
        found |= {f"escalation.stage-1.{period}": first, f"escalation.stage-2.{period}": second, f"escalation.rate.{period}": Rate(second, first)}
    asked = rows.ask("SELECT outcome, reasons_given, late FROM escalations JOIN windows ON requested_on BETWEEN first AND last WHERE period = 'now'")
    for outcome in ("accepted", "refused", "re-reviewed", "pending", "ended", "all"):
        those = [request for request in asked if outcome in ("all", request[0])]
        row = f"escalation-requests.{outcome}"
        found |= {f"{row}.requests": len(those), f"{row}.share": Rate(len(those), len(asked)),
                  f"{row}.reasons": sum(reasons for _, reasons, _ in those), f"{row}.late": sum(late for *_, late in those)}
    return found


def derive(rows):
    """All of them."""
    return {**responses(rows), **acknowledgements(rows), **days(rows), **extensions(rows), **still_open(rows), **escalation(rows)}
