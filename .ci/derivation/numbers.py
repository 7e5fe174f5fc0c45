"""How a figure is printed, in whole numbers: one decimal place, ties half up, and never a floating point number."""


class Rate:
    """A rate: what was counted, out of how many, and for how many of those (100 for a share, 1,000 for homes)."""

    def __init__(self, numerator, denominator, factor=100):
        self.numerator, self.denominator, self.factor = numerator, denominator, factor

    def agrees(self, cell):
        """Whether a cell has the two counts and the rounded value. Over nothing there is no figure, but its marker."""
        counts = (cell.get("numerator"), cell.get("denominator"))
        return cell["plain"] == self.text() and counts in ((self.numerator, self.denominator), *([(None, None)] if not self.denominator else []))

    def text(self):
        """The value as it is printed."""
        if self.denominator == 0:
            return "[U]"
        return tenths((self.numerator * self.factor * 10 * 2 + self.denominator) // (self.denominator * 2))

    def __repr__(self):
        return f"{self.text()} ({self.numerator} of {self.denominator})"


class Average(Rate):
    """Pence over the number of amounts, to the penny; the divisor stands beside it."""

    def text(self):
        if self.denominator == 0:
            return "[U]"
        return pounds((self.numerator * 2 + self.denominator) // (self.denominator * 2))


def tenths(value):
    """A number of tenths as a decimal, without a zero at its end."""
    return f"{value // 10}" if value % 10 == 0 else f"{value // 10}.{value % 10}"


def change(now, before):
    """By how many per cent a count changed: a tie goes away from zero."""
    if before == 0:
        return "[U]"
    size = (abs(now - before) * 1000 * 2 + before) // (before * 2)
    sign = "" if size == 0 else "+" if now > before else "-"
    return f"{sign}{tenths(size)}%"


def pounds(pence):
    """Pence as pounds."""
    return f"{pence // 100}.{pence % 100:02}"


def at(values, numerator, denominator):
    """The value at the place of all of them x numerator / denominator, rounded up, in their order: a value that there was."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * numerator // denominator) - 1] if ordered else None


def median(values):
    """The middle value, or the lower of the two in the middle."""
    return at(values, 1, 2)


def word(value):
    """A count as it is printed, and the marker where there is none."""
    return "[U]" if value is None else str(value)
