"""Whether two counts, or two shares, differ by more than chance: exact tests in whole numbers, half of what is rare on either side."""

from math import comb

# Less than once in so many.
ONCE_IN = 100


def is_beyond(weights, observed, is_higher):
    """Whether so many or more, or so few or fewer, come about less than half of once in a hundred times: the other half is the other side's."""
    tail = sum(weights[observed:] if is_higher else weights[: observed + 1])
    return tail * 2 * ONCE_IN < sum(weights)


def verdict(weights, observed, is_higher, is_lower):
    """What is said of an outcome; too few, where not even the furthest on either side would be beyond chance."""
    if not is_beyond(weights, len(weights) - 1, True) and not is_beyond(weights, 0, False):
        return "too few"
    if is_higher and is_beyond(weights, observed, True):
        return "higher"
    return "lower" if is_lower and is_beyond(weights, observed, False) else "within"


def counts_differ(now, then):
    """Two counts, each with the days of its period: all that happened fell into either in proportion to its days."""
    (count, days), (other, other_days) = now, then
    if days == 0 or other_days == 0:
        return "too few"
    every = count + other
    weights = [comb(every, place) * days**place * other_days ** (every - place) for place in range(every + 1)]
    return verdict(weights, count, count * other_days > other * days, count * other_days < other * days)


def shares_differ(now, then):
    """Two shares, each as what was found out of how many: all that was found is shared out at random."""
    (found, asked), (other, other_asked) = now, then
    every = found + other
    if not asked or not other_asked:
        return "too few"
    if every in (0, asked + other_asked):
        return "same"
    lowest, highest = max(0, every - other_asked), min(every, asked)
    weights = [comb(asked, place) * comb(other_asked, every - place) for place in range(lowest, highest + 1)]
    return verdict(weights, found - lowest, found * other_asked > other * asked, found * other_asked < other * asked)
