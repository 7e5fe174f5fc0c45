"""Control charts: a figure period by period, held against how far it moves by itself from one period to the next."""

from datetime import date
from fractions import Fraction

from . import periods
from .numbers import Rate, median, word

# Limits are drawn from so many periods, with one change less between neighbours, and of a share of so many at least.
FEWEST_PERIODS, FEWEST_OF_A_SHARE = 6, 10
# Three standard deviations of single values, in average changes between neighbours.
REACH = Fraction(266, 100)


class Limits:
    """The average of the periods before the report's, give or take 2.66 times the average change between neighbours."""

    def __init__(self, values, highest):
        known = [value for value in values if value is not None]
        changes = [abs(after - before) for before, after in zip(values, values[1:]) if before is not None and after is not None]
        self.are_drawn = len(known) >= FEWEST_PERIODS and len(changes) >= FEWEST_PERIODS - 1
        if self.are_drawn:
            average, reach = Fraction(sum(known), len(known)), REACH * Fraction(sum(changes), len(changes))
            self.lower = max(Fraction(0), average - reach)
            self.upper = average + reach if highest is None else min(Fraction(highest), average + reach)

    def said(self, value, standing):
        """What is said of a value in tenths that stands so."""
        if value is None or not self.are_drawn:
            return "–"
        if standing != "comparable":
            return {"open": "Not compared yet", "not yet": "Not compared yet", "partial": "Not compared: not a whole period on record",
                    "too few": "Not compared: too few"}[standing]
        return "Above the upper limit" if value > self.upper else "Below the lower limit" if value < self.lower else "Within"


def stages_of(rows, stage):
    """The stages of each charted period: how each was answered by the Code, and the working days that it took."""
    return rows.ask(f"SELECT requested_on, answer, CASE WHEN is_answered THEN until.nth - since.nth END FROM judged "
                    f"LEFT JOIN days since ON since.day = requested_on LEFT JOIN days until ON until.day = responded_on WHERE clock = 'code' AND stage = {stage}")


def volume(stages):
    """How many there were."""
    return len(stages) * 10, len(stages), "comparable"


def answered(stages):
    """The share answered in time, which can only rise while one can still be."""
    in_time = sum(answer in ("without-extension", "within-extension") for _, answer, _ in stages)
    rate = Rate(in_time, len(stages))
    value = (in_time * 1000 * 2 + len(stages)) // (len(stages) * 2) if stages else None
    if any(answer == "open" for _, answer, _ in stages):
        return value, rate, "not yet"
    return value, rate, "too few" if len(stages) < FEWEST_OF_A_SHARE else "comparable"


def days(stages):
    """The median of the working days to answer; what is open will have taken longer than most."""
    middle = median([taken for *_, taken in stages if taken is not None])
    answers = {answer for _, answer, _ in stages}
    standing = "not yet" if "open" in answers else "open" if "overdue" in answers else "comparable"
    return None if middle is None else middle * 10, word(middle), standing


def told_of(of, stages):
    """Of how many complaints a point says how they fared."""
    return {volume: 0, answered: len(stages), days: sum(taken is not None for *_, taken in stages)}[of]


def charted(rows, stage, of, highest):
    """The points of a chart and what is said of each. What became of fewer than five is not published."""
    stages = stages_of(rows, stage)
    (begins,) = rows.one(f"SELECT min(requested_on) FROM all_stages WHERE landlord_id = '{rows.landlord}'")
    before, own = periods.charted(rows.asked)
    before = [period for period in before if begins is not None and period[1] >= begins]
    own = [period for period in own if period[0] <= rows.as_of_day()]

    within = lambda period: [row for row in stages if period[0] <= row[0] <= period[1]]
    is_few = lambda period: rows.is_published and 0 < told_of(of, within(period)) < 5
    hides_own = len(own) > 1 and any(is_few(period) for period in own)

    def point(period):
        value, cell, standing = of(within(period))
        if hides_own if period in own else is_few(period):
            value = None
        if period[1] > rows.as_of_day():
            standing = "not yet"
        elif begins is None or period[0] < begins:
            standing = "partial"
        return value, cell, standing

    given = [point(period) for period in before]
    limits = Limits([value if standing in ("comparable", "open") else None for value, _, standing in given], highest)
    for period, (value, cell, standing) in zip(before + own, given + [point(period) for period in own]):
        yield date.isoformat(period[0]), cell, limits.said(value, standing)


def derive(rows):
    """All of them."""
    found = {}
    for name, stage, of, highest in (("control-volume", 1, volume, None), ("control-answered-1", 1, answered, 1000), ("control-answered-2", 2, answered, 1000),
                                     ("control-days", 1, days, None)):
        for period, cell, said in charted(rows, stage, of, highest):
            found |= {f"{name}.{period}.value": cell, f"{name}.{period}.limits": said}
    return found
