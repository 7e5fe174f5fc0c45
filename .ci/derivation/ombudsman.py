"""The Ombudsman's findings and orders, and what is still to be done."""

from .numbers import Rate, pounds

FAILINGS = ("service-failure", "maladministration", "severe-maladministration")
RATED = ("no-maladministration", "reasonable-redress", "resolved-with-intervention", *FAILINGS)
OUTSIDE = ("outside-jurisdiction", "withdrawn")

# How an order stands: complied with, or on the report's date overdue or not.
STATE = """
CASE WHEN complied_on IS NOT NULL AND (due_on IS NULL OR complied_on <= due_on) THEN 'in-time' WHEN complied_on IS NOT NULL THEN 'late'
    WHEN due_on < {as_of} THEN 'overdue' ELSE 'not-due' END AS state
"""

# An order belongs to the period of its determination; so does a severe finding of any issue of that determination.
ORDERS = f"""
WITH determined AS (SELECT case_id, reference, min(determined_on) AS determined_on, bool_or(finding = 'severe-maladministration') AS severe
    FROM findings GROUP BY ALL)
SELECT kind AS what, severe AND kind = 'order' AS severe, determined_on AS of_day, coalesce(pence, 0) AS pence, due_on, {STATE}
FROM orders JOIN determined USING (case_id, reference)
UNION ALL SELECT 'failure-' || type, false, issued_on, 0, due_on, {STATE} FROM failure_orders
"""


def findings(rows):
    """Findings of the period; what is outside jurisdiction or withdrawn is in no rate."""
    of = rows.counts("SELECT finding, count(*) FROM findings JOIN windows ON determined_on BETWEEN first AND last WHERE period = 'now' GROUP BY ALL")
    count = lambda words: sum(of.of(finding) for finding in words)
    found = {"findings.rate.findings": count(FAILINGS), "findings.rate.share": Rate(count(FAILINGS), count(RATED))}
    for finding in RATED:
        found |= {f"findings.{finding}.findings": of.of(finding), f"findings.{finding}.share": Rate(of.of(finding), count(RATED))}
    for finding in OUTSIDE:
        found |= {f"findings.{finding}.findings": of.of(finding), f"findings.{finding}.share": "not in the rate"}
    return found


def orders(rows):
    """Orders of the period by kind, and whether they were complied with; in time is out of those complied with, or due before the report's date."""
    issued = rows.ask(f"SELECT what, severe, state, pence FROM ({ORDERS}) JOIN windows ON of_day BETWEEN first AND last WHERE period = 'now'")
    found = {}
    for row in ("severe", "order", "recommendation", "failure-1", "failure-2", "failure-3"):
        those = [order for order in issued if (order[1] if row == "severe" else order[0] == row)]
        count = lambda wanted: sum(state == wanted for _, _, state, _ in those)
        owed = sum(state != "not-due" for _, _, state, _ in those)
        found |= {f"orders.{row}.issued": len(those), f"orders.{row}.in-time": Rate(count("in-time"), owed),
                  f"orders.{row}.money": pounds(sum(pence for *_, pence in those))}
        found |= {f"orders.{row}.{state}": count(state) for state in ("late", "overdue", "not-due")}
    return found


def outstanding(rows):
    """What is still to be done on the report's date, of whatever period."""
    owed = rows.counts(
        f"SELECT CASE WHEN severe THEN 'severe-order' WHEN what LIKE 'failure-%' THEN 'failure-order' ELSE what END, state, count(*) FROM ({ORDERS}) GROUP BY ALL")
    actions = rows.counts("SELECT CASE WHEN due_on < {as_of} THEN 'overdue' ELSE 'not-due' END, count(*) FROM actions WHERE done_on IS NULL GROUP BY ALL")
    found = {f"outstanding.{row}.{state}": owed.of(row, state) for row in ("severe-order", "order", "failure-order", "recommendation")
             for state in ("overdue", "not-due")}
    return found | {f"outstanding.action.{state}": actions.of(state) for state in ("overdue", "not-due")}


def derive(rows):
    """All of them."""
    return {**findings(rows), **orders(rows), **outstanding(rows)}
