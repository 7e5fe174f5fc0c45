"""The periods of a report: its own, those that it is compared with, and those of its control charts."""

from datetime import date, timedelta

DAY = timedelta(days=1)


def first_of(year, month):
    """The first day of a month, where months are counted on into other years."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def months_from(day, months):
    """The day some months later or earlier, clamped to the month's end."""
    first = first_of(day.year, day.month + months)
    last = first_of(first.year, first.month + 1) - DAY
    return min(first.replace(day=1) + timedelta(days=day.day - 1), last)


def months_of(first, last):
    """How many whole months a period is, or None."""
    if first.day != 1 or (last + DAY).day != 1:
        return None
    return (last.year - first.year) * 12 + last.month - first.month + 1


def earlier(period, steps):
    """The period as long as this one, so many before it: months where it is of whole months, and days otherwise."""
    first, last = period
    months = months_of(first, last)
    if months:
        return months_from(first, -months * steps), months_from(first, -months * (steps - 1)) - DAY
    length = (last - first + DAY) * steps
    return first - length, last - length


def year_before(period):
    """The same period a year before."""
    first, last = period
    return months_from(first, -12), months_from(last + DAY, -12) - DAY


def quarters(period):
    """The four quarters of a year."""
    return [(months_from(period[0], 3 * place), months_from(period[0], 3 * place + 3) - DAY) for place in range(4)]


def own(asked):
    """The report's own period, of what the manifest says was asked for."""
    ((form, given),) = asked.items()
    if form == "year":
        ends = lambda year: months_from(date(year, given["year_end_month"], 1), 0).replace(day=1) + (min(
            given["year_end_day"], (first_of(year, given["year_end_month"] + 1) - DAY).day) - 1) * DAY
        starts_in = given["starts_in"]
        # A year that ends on 31 December starts on the next 1 January.
        last_before = ends(starts_in) if (given["year_end_month"], given["year_end_day"]) < (12, 31) else ends(starts_in - 1)
        return last_before + DAY, ends(last_before.year + 1)
    if form == "quarter":
        first = first_of(given["year"], 3 * given["number"] + 1)
        return first, months_from(first, 3) - DAY
    return date.fromisoformat(given["first"]), date.fromisoformat(given["last"])


def windows(asked):
    """The report's own period and those that it is compared with, by their names in figures."""
    now = own(asked)
    if "year" in asked:
        return {"now": now, "before": year_before(now)}
    before, year_ago = earlier(now, 1), year_before(now)
    # Past half a year, the one before would run into the same one a year ago.
    if before[0] <= year_ago[1]:
        return {"now": now, "before": year_ago}
    return {"now": now, "before": before, "year-ago": year_ago}


def charted(asked):
    """The periods of the control charts, the oldest first: those that limits are drawn from, and the report's own."""
    now = own(asked)
    if "year" in asked:
        before = year_before(now)
        return quarters(year_before(before)) + quarters(before), quarters(now)
    months = months_of(*now) or 0
    if "range" in asked and months > 6:
        single = [(months_from(now[0], place), months_from(now[0], place + 1) - DAY) for place in range(months)]
        return [earlier(single[0], step) for step in range(8, 0, -1)], single
    return [earlier(now, step) for step in range(8, 0, -1)], [now]
