"""The headline figures, each beside the other periods', and the sentences with figures: what needs attention, and what the year's complaints say."""

import re

from .numbers import Rate, change
from .ombudsman import FAILINGS, RATED
from .trends import changes
from .volumes import slug

# What a published sentence says in place of a small count of people.
FEW = "fewer than 5"

COUNTS = {"stage-1": "trends.stage-1", "stage-2": "trends.stage-2", "refusals": "trends.refused", "refused-escalations": "trends.escalations-refused"}
RATES = {"acknowledged-1": "trends.acknowledged-1.{}", "answered-1": "trends.answered-1.{}", "answered-2": "trends.answered-2.{}",
         "upheld-1": "trends.upheld-1.{}", "upheld-2": "trends.upheld-2.{}", "escalation": "escalation.rate.{}", "actions": "actions.{}.in-time"}


def maladministration(rows, period):
    """Failings among the findings of a period that are in the rate."""
    quoted = lambda words: ", ".join(f"'{word}'" for word in words)
    return Rate(*rows.one(f"SELECT count(*) FILTER (finding IN ({quoted(FAILINGS)})), count(*) FILTER (finding IN ({quoted(RATED)})) FROM findings "
                          f"JOIN windows ON determined_on BETWEEN first AND last WHERE period = '{period}'"))


def card_of(rows, derived, key):
    """A card's value, what it is of, and what it is compared with."""
    others = [period for period in rows.windows if period != "now"]
    if key in COUNTS:
        of = lambda period: derived[f"{COUNTS[key]}.{period}"]
        is_over = rows.own[1] <= rows.as_of_day()
        beside = lambda then: f"{then:,} ({change(of('now'), then)})" if then and is_over else f"{then:,}"
        return f"{of('now'):,}", "", [beside(of(period)) for period in others]
    of = lambda period: maladministration(rows, period) if key == "maladministration" else derived[RATES[key].format(period)]
    counts = lambda rate: f"{rate.numerator:,} of {rate.denominator:,}" if rate.denominator else "none to count"
    value = f"{of('now').text()}%" if of("now").denominator else "–"
    beside = lambda rate: f"{rate.text()}% ({counts(rate)})" if rate.denominator else counts(rate)
    return value, counts(of("now")), [beside(of(period)) for period in others]


def cards(rows, derived, report):
    """Every card with what it should say."""
    for card in report["cards"]:
        said = card["value"], card["of"], [line.split(": ", 1)[1] for line in card["comparisons"]]
        yield card["figure"], said, card_of(rows, derived, card["figure"].removeprefix("headline."))


def in_order(counts, most=3):
    """The names counted most, then by name."""
    return [name for name, _ in sorted(counts, key=lambda item: (-item[1], item[0]))[:most]]


# What must be said where there is any.
NEEDED = (
    r"The Ombudsman made ([\d,]+) findings? of severe maladministration\.",
    r"Answers overdue by the Code on .*: ([\d,]+) at stage 1 and ([\d,]+) at stage 2\.",
    r"Answered late by the Code: ([\d,]+) at stage 1 and ([\d,]+) at stage 2\.",
    r"([\d,]+) promised actions? to residents overdue\.",
    r"Refusals of this period that were overturned since: (.*)\.",
    r"Complaints received about a hazard: (.*)\.",
    r"Overdue to the Ombudsman: ([\d,]+) orders?(?: \([\d,]+ after severe maladministration\))?(?: and [\d,]+ failure orders?)?\.",
    r"Overdue to the Ombudsman: [^(]*\(([\d,]+) after severe maladministration\).*",
    r"Overdue to the Ombudsman: (?:.* and )?([\d,]+) failure orders?\.",
)


def derived_sentences(rows, derived):
    """The figures of each sentence that there can be, by a pattern that finds them."""
    of = lambda name: derived.get(name, 0)
    first, before, second = of("trends.stage-1.now"), of("trends.stage-1.before"), of("trends.stage-2.now")
    upheld, escalated = derived["trends.upheld-1.now"], derived["escalation.rate.now"]
    overdue = {what: of(f"outstanding.{what}.overdue") for what in ("severe-order", "order", "failure-order", "action")}
    refusals = rows.one("SELECT count(*) FROM refusals JOIN windows ON refused_on BETWEEN first AND last WHERE period = 'now' AND overturned_on IS NOT NULL")[0]
    return {
        r"([\d,]+) stage 1 complaints?; ([\d,]+) the year before \((.*)\)\.": (first, before, change(first, before)),
        r"([\d,]+) stage 1 complaints?; so far, beside ([\d,]+) in the whole of the year before\.": (first, before),
        r"([\d,]+) stage 1 complaints?; there was none the year before\.": (first,),
        r"([\d,]+) of ([\d,]+) answers at stage 1 found the resident right in all or in some \((.*)%\)\.": (upheld.numerator, upheld.denominator, upheld.text()),
        r"([\d,]+) stage 2 complaints? beside ([\d,]+) stage 1 complaints?: (.*)%\.": (second, first, escalated.text()),
        **dict(zip(NEEDED, (
            (of("findings.severe-maladministration.findings"),), (of("open.all.stage-1-code"), of("open.all.stage-2-code")),
            (of("responses.1-code.late"), of("responses.2-code.late")), (overdue["action"],), (refusals,), (of("remarks.hazard.cases"),),
            (overdue["severe-order"] + overdue["order"],), (overdue["severe-order"],), (overdue["failure-order"],)))),
    }


def names(rows):
    """The names in each sentence that lists some."""
    categories = rows.ask("SELECT category, count(*) FROM made JOIN categories USING (case_id) JOIN windows ON requested_on BETWEEN first AND last "
                          "WHERE period = 'now' AND stage = 1 GROUP BY 1")
    grounds = rows.ask("SELECT DISTINCT ground FROM refusals JOIN windows ON refused_on BETWEEN first AND last WHERE period = 'now' AND what = 'complaint'")
    causes = rows.ask("SELECT root_cause, count(*) FROM learning JOIN windows ON recorded_on BETWEEN first AND last WHERE period = 'now' GROUP BY 1")
    return {
        r"What they were about most: (.*)\.": (", ", in_order(categories)),
        r"Complaints were declined as: (.*)\.": ("; ", sorted(ground for (ground,) in grounds)),
        r"Root causes recorded most: (.*)\.": ("; ", in_order(causes)),
    }


def sentences(rows, derived, report, is_published):
    """Every sentence with figures or names, with what they should be."""
    figures, listed = derived_sentences(rows, derived), names(rows)
    points = (report["annual"] or {}).get("points", ())
    lines = (*report["attention"], *points)
    for pattern, wanted in figures.items():
        wanted = tuple(f"{value:,}" if isinstance(value, int) else value for value in wanted)
        matches = [match for line in lines if (match := re.fullmatch(pattern, line))]
        for match in matches:
            if not (is_published and FEW in match.groups()):
                yield match[0], match.groups(), wanted
        if report["attention"] and pattern in NEEDED and not is_published and not matches and any(value != "0" for value in wanted):
            yield "what needs attention", f"nothing like {pattern}", wanted
    for pattern, (mark, wanted) in listed.items():
        for match in filter(None, (re.fullmatch(pattern, line) for line in lines)):
            # What is published names of the commonest only those that are not few, and in another order.
            if not (is_published and pattern.startswith("What")):
                yield match[0], [slug(name) for name in match[1].split(mark)], [slug(name) for name in wanted]
    known = (*figures, *listed, "Nothing was late.*", "No stage 1 complaint.*")
    for line in lines:
        if not any(re.fullmatch(pattern, line) for pattern in known):
            yield line, "a sentence", "none that is derived"


def trends(rows, report, is_published):
    """What is said to have changed by more than chance: the two figures and the side, and how many comparisons were made."""
    if not report["changes"]["made"]:
        return
    beyond, made = changes(rows)
    said = re.match(r"([\d,]+) comparisons", report["changes"]["made"])[1]
    yield "comparisons", said, f"{made:,}"
    lines = report["changes"]["beyond"]
    yield "beyond chance", len(lines), len(beyond)
    told = [match.groups() for line in lines if (match := re.fullmatch(r".*: (\S+(?: \(.*?\))?) against (\S+(?: \(.*?\))?) in .*, (higher|lower) by more than chance\.", line))]
    # What is published has the counts of the landlord's totals alone.
    wanted = [change[1:] for change in beyond if change[0] or not is_published]
    yield "beyond chance", sorted(told), sorted(wanted)


def compare(name, rows, derived, report, is_published):
    """How many were derived, and every way in which the report says something else."""
    compared, wrong = 0, []
    said = (*cards(rows, derived, report), *sentences(rows, derived, report, is_published), *trends(rows, report, is_published))
    for what, printed, wanted in said:
        compared += 1
        wrong += [] if printed == wanted else [f"{name}: {what!r} says {printed}, derived {wanted}"]
    return compared, wrong
