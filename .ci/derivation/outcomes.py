"""What came of complaints: outcomes, remedies, money, promises, refusals, satisfaction, risks and what was learnt."""

from .numbers import Average, Rate, median, pounds
from .volumes import slug


def outcomes(rows):
    """Answers by outcome; shares are of the answers that have one."""
    of = rows.counts("SELECT stage, standing, coalesce(outcome, 'not-recorded'), count(*) FROM made JOIN windows ON requested_on BETWEEN first AND last "
                     "WHERE period = 'now' GROUP BY ALL")
    found = {}
    for stage in (1, 2):
        answered = lambda *words: sum(of.of(stage, "answered", outcome) for outcome in words)
        every = answered("upheld", "partly-upheld", "not-upheld")
        for row, words in (*((outcome, (outcome,)) for outcome in ("upheld", "partly-upheld", "not-upheld")), ("any-upheld", ("upheld", "partly-upheld"))):
            found |= {f"outcomes.{row}.stage-{stage}": answered(*words), f"outcomes.{row}.stage-{stage}-share": Rate(answered(*words), every)}
        for row, count in (("open", of.of(stage, "open") + of.of(stage, "closed")), ("withdrawn", of.of(stage, "withdrawn")),
                           ("not-recorded", answered("not-recorded")), ("all", of.of(stage))):
            found |= {f"outcomes.{row}.stage-{stage}": count, f"outcomes.{row}.stage-{stage}-share": ""}
    return found


def categories(rows):
    """Stage 1 complaints by category and outcome: a complaint is in the row of each of its categories."""
    of = rows.counts("SELECT category, CASE WHEN is_answered AND outcome IS NOT NULL THEN outcome ELSE 'other' END, count(*) FROM made JOIN categories USING (case_id) "
                     "JOIN windows ON requested_on BETWEEN first AND last WHERE period = 'now' AND stage = 1 GROUP BY ALL")
    found = {}
    for category in (*of.words(0), None):
        row = f"categories.{'total' if category is None else slug(category)}"
        found |= {f"{row}.{outcome}": of.of(category, outcome) for outcome in ("upheld", "partly-upheld", "not-upheld", "other")}
        found[f"{row}.all"] = of.of(category)
    return found


def remedies(rows):
    """Remedies offered in the period, by kind."""
    of = rows.counts("SELECT kind, stage, accepted_on IS NOT NULL, count(*) FROM remedies JOIN windows ON offered_on BETWEEN first AND last "
                     "WHERE period = 'now' GROUP BY ALL")
    found = {}
    for kind in (*of.words(0), None):
        row, every = f"remedies.{kind or 'all'}", of.of(kind)
        found |= {f"{row}.offered": every, f"{row}.stage-1": of.of(kind, 1), f"{row}.stage-2": of.of(kind, 2),
                  f"{row}.accepted": Rate(of.of(kind, None, True), every)}
    return found


def money(rows):
    """Amounts of the remedies offered in the period; the divisor of the average is the number of amounts."""
    found = {}
    for row, column in (("offered", "pence"), ("paid", "paid_pence"), ("set-off", "offset_pence")):
        amounts = rows.ask(f"SELECT period, {column} FROM remedies JOIN windows ON offered_on BETWEEN first AND last WHERE {column} <> 0")
        now, before = ([pence for period, pence in amounts if period == wanted] for wanted in ("now", "before"))
        found |= {f"money.{row}.amounts": len(now), f"money.{row}.total": pounds(sum(now)), f"money.{row}.median": pounds(median(now)) if now else "[U]",
                  f"money.{row}.average": Average(sum(now), len(now)), f"money.{row}.before": pounds(sum(before))}
    return found


def actions(rows):
    """Promised actions by the period in which they fell due."""
    of = rows.counts("SELECT period, CASE WHEN done_on <= due_on THEN 'in-time' WHEN done_on IS NOT NULL THEN 'late' WHEN due_on < {as_of} THEN 'overdue' "
                     "ELSE 'not-due' END, count(*) FROM actions JOIN windows ON due_on BETWEEN first AND last WHERE due_on <= {as_of} GROUP BY ALL")
    found = {}
    for period in rows.windows:
        # What is due on the report's date itself, and not done, can still be.
        found[f"actions.{period}.in-time"] = Rate(of.of(period, "in-time"), of.of(period) - of.of(period, "not-due"))
        found |= {f"actions.{period}.{how}": of.of(period, how) for how in ("late", "overdue", "not-due")}
    return found


def refusals(rows):
    """Complaints and escalations refused in the period, by ground and clause."""
    found = {}
    for what, table in (("complaint", "refusals"), ("escalation", "refused-escalations")):
        of = rows.ask("SELECT ground || ' ' || clause, discretion_considered, overturned_on IS NOT NULL FROM refusals JOIN windows ON refused_on BETWEEN first AND last "
                      f"WHERE period = 'now' AND what = '{what}'")
        for ground in (*sorted({ground for ground, *_ in of}), None):
            those = [refusal for refusal in of if ground in (None, refusal[0])]
            row = f"{table}.{'all' if ground is None else slug(ground)}"
            found |= {f"{row}.refused": len(those), f"{row}.discretion": Rate(sum(considered for _, considered, _ in those), len(those)),
                      f"{row}.overturned": Rate(sum(overturned for *_, overturned in those), len(those))}
    return found


def satisfaction(rows):
    """Answers after a stage was closed, from 1, very satisfied, to 5, with their shares in each period."""
    of = rows.counts("SELECT period, answer, count(*) FROM surveys JOIN windows ON answered_on BETWEEN first AND last GROUP BY ALL")
    found = {}
    for row, answers in (*((str(answer), (answer,)) for answer in range(1, 6)), ("satisfied", (1, 2))):
        for period in rows.windows:
            count = sum(of.of(period, answer) for answer in answers)
            if period == "now":
                found[f"satisfaction.{row}.answers"] = count
            found[f"satisfaction.{row}.{'share' if period == 'now' else period}"] = Rate(count, of.of(period))
    return found


def risks(rows):
    """Risks that were flagged in the period, and whether they were handed on."""
    of = rows.counts("SELECT kind, handed_on IS NOT NULL, count(*) FROM risks JOIN windows ON aware_on BETWEEN first AND last WHERE period = 'now' GROUP BY ALL")
    found = {}
    for kind in (*of.words(0), None):
        row = f"risks.{kind or 'total'}"
        found |= {f"{row}.handed": of.of(kind, True), f"{row}.open": of.of(kind, False), f"{row}.all": of.of(kind)}
    return found


def causes(rows):
    """Root causes in the register of what was learnt, in each period."""
    of = rows.counts("SELECT period, root_cause, count(*) FROM learning JOIN windows ON recorded_on BETWEEN first AND last GROUP BY ALL")
    return {f"causes.{slug(cause)}.{period}": of.of(period, cause) for cause in of.words(1) for period in rows.windows}


def derive(rows):
    """All of them."""
    return {**outcomes(rows), **categories(rows), **remedies(rows), **money(rows), **actions(rows), **refusals(rows), **satisfaction(rows),
            **risks(rows), **causes(rows)}
