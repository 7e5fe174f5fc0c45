"""The rows of an extract in DuckDB, as they stood on a report's date, for one landlord and its periods."""

import json
from datetime import date

import duckdb

from . import periods

TABLES = ("landlords", "stock", "cases", "stages", "categories", "refusals", "escalations", "remedies", "actions", "findings", "orders",
          "failure_orders", "learning", "surveys", "risks", "extensions", "restrictions", "equality", "calendar")

# The day of a row, for tables that have one; what is dated later has not happened yet.
DAYS = {"cases": "received_on", "stages": "requested_on", "refusals": "refused_on", "escalations": "requested_on", "remedies": "offered_on",
        "findings": "determined_on", "failure_orders": "issued_on", "learning": "recorded_on", "surveys": "answered_on",
        "risks": "aware_on", "extensions": "decided_on", "restrictions": "since_on", "equality": "received_on"}

# Dates of a row at which something happened to it, which a report of an earlier date knows nothing of. Due dates are no such dates.
HAPPENED = {"cases": ("closed_on", "withdrawn_on", "directed_on", "referred_on", "settled_on"),
            "stages": ("acknowledged_on", "responded_on", "directed_on"), "refusals": ("overturned_on",), "escalations": ("decided_on",),
            "remedies": ("accepted_on", "declined_on", "lapsed_on"), "actions": ("done_on",), "orders": ("complied_on",),
            "failure_orders": ("complied_on",), "learning": ("done_on",), "risks": ("handed_on",), "restrictions": ("lifted_on",)}

# Words without a date of their own that follow from dates: what a refusal or its overturning that lies later left as it was, and what a
# request came to that was decided later.
RESTORED = {
    ("cases", "triage"): """CASE (SELECT max(CASE WHEN refused_on > {as_of} THEN 1 WHEN overturned_on > {as_of} THEN 2 END) FROM all_refusals r
        WHERE r.case_id = all_cases.case_id AND what = 'complaint') WHEN 1 THEN 'pending' WHEN 2 THEN 'refused' ELSE triage END""",
    ("escalations", "outcome"): "CASE WHEN decided_on > {as_of} THEN 'pending' ELSE outcome END",
}

# A stage is made in complaints that were not refused and not found to be something else, on its own day. An answer counts unless the
# complaint was withdrawn before it.
MADE = """
CREATE OR REPLACE TEMP TABLE made AS
SELECT s.* REPLACE (CASE WHEN m.case_id IS NULL THEN code_extended_due_on ELSE m.code END AS code_extended_due_on,
        CASE WHEN m.case_id IS NULL THEN policy_extended_due_on ELSE m.policy END AS policy_extended_due_on), c.stock_type, c.channel, c.service_area, c.area, c.contractor, c.residents, c.vulnerable, c.hazard, c.adjustments,
    c.withdrawn_on, c.closed_on,
    s.responded_on IS NOT NULL AND (c.withdrawn_on IS NULL OR c.withdrawn_on >= s.responded_on) AS is_answered,
    CASE WHEN is_answered THEN 'answered' WHEN c.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN c.closed_on IS NOT NULL THEN 'closed'
        ELSE 'open' END AS standing
FROM stages s JOIN cases c USING (case_id) LEFT JOIN moved m ON m.case_id = s.case_id AND m.stage = s.stage
WHERE c.kind = 'complaint' AND c.triage NOT IN ('refused', 'not-a-complaint')
"""

# How each stage stands to each clock, one word for each.
VERDICT = """
CREATE OR REPLACE TEMP TABLE judged AS
WITH clocks AS (
    SELECT *, 'code' AS clock, code_acknowledge_due_on AS acknowledge_due, code_respond_due_on AS due,
        greatest(code_respond_due_on, code_extended_due_on) AS last_due FROM made
    UNION ALL BY NAME
    SELECT *, 'policy' AS clock, policy_acknowledge_due_on AS acknowledge_due, policy_respond_due_on AS due,
        greatest(policy_respond_due_on, policy_extended_due_on) AS last_due FROM made)
SELECT *,
    CASE WHEN standing = 'answered' AND due IS NULL THEN 'no-limit' WHEN standing = 'answered' AND responded_on <= due THEN 'without-extension'
        WHEN standing = 'answered' AND responded_on <= last_due THEN 'within-extension' WHEN standing = 'answered' THEN 'late'
        WHEN standing = 'open' AND last_due < {as_of} THEN 'overdue' ELSE standing END AS answer,
    coalesce(answer IN ('without-extension', 'within-extension'), false) AS in_time,
    CASE WHEN acknowledge_due IS NULL THEN 'no-limit' WHEN acknowledged_on <= acknowledge_due THEN 'in-time'
        WHEN acknowledged_on IS NOT NULL THEN 'late'
        WHEN least(withdrawn_on, closed_on) <= acknowledge_due THEN 'ended'
        WHEN acknowledge_due < {as_of} THEN 'overdue' WHEN least(withdrawn_on, closed_on) IS NOT NULL THEN 'ended' ELSE 'open' END AS acknowledgement
FROM clocks
"""


def moved(due, last, notices):
    """The day to which notices move an answer: each that was decided by the day it moves, and together no further than they went in the end."""
    if due is None or last is None:
        return None
    first = due
    for decided, respond_by, _ in notices:
        if decided <= due:
            due = max(due, min(respond_by, last))
    return due if due > first else None


class Rows:
    """An extract, and whatever report is derived from it just now."""

    def __init__(self, extract):
        self.database = duckdb.connect()
        for table in TABLES:
            self.database.execute(f"CREATE TABLE all_{table} AS SELECT * FROM read_parquet('{extract}/report_{table}/**/*.parquet', hive_partitioning = false)")
            self.columns = getattr(self, "columns", {})
            self.columns[table] = [column for (column, *_) in self.database.execute(f"DESCRIBE all_{table}").fetchall()]

    def look_at(self, manifest):
        """Puts the rows of one report in their places, by what its manifest says was asked for."""
        asked = manifest["request"]
        self.report, self.landlord, self.asked = asked["report"], asked["landlord"], asked["period"]
        self.as_of, self.is_published = asked["as_of"], asked["variant"] == "published"
        self.windows = periods.windows(self.asked)
        self.own = self.windows["now"]
        self.is_of_year = "year" in self.asked
        for table in TABLES:
            self.place(table)
        self.database.execute("CREATE OR REPLACE TEMP TABLE windows (period VARCHAR, first DATE, last DATE)")
        for name, (first, last) in self.windows.items():
            self.database.execute("INSERT INTO windows VALUES (?, ?, ?)", [name, first, last])
        self.count_working_days()
        self.put_extensions_back()
        self.database.execute(MADE)
        self.database.execute(VERDICT.format(as_of=self.quoted_as_of()))

    def as_of_day(self):
        """The report's date."""
        return date.fromisoformat(self.as_of)

    def quoted_as_of(self):
        """The same in SQL."""
        return f"DATE '{self.as_of}'"

    def place(self, table):
        """A view of what was known of the landlord's rows of a table on the report's date."""
        known, as_of = HAPPENED.get(table, ()), self.quoted_as_of()

        def column(name):
            if (table, name) in RESTORED:
                return f"{RESTORED[table, name].replace('{as_of}', as_of)} AS {name}"
            return f"CASE WHEN {name} <= {as_of} THEN {name} END AS {name}" if name in known else f'"{name}"'

        there = f"AND {DAYS[table]} <= {as_of}" if table in DAYS else ""
        names = ", ".join(column(name) for name in self.columns[table] if name != "landlord_id")
        self.database.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS SELECT {names} FROM all_{table} WHERE landlord_id = '{self.landlord}' {there}")

    def put_extensions_back(self):
        """Moves the dates of stages with a notice that lies later to where those given by then had moved them."""
        self.database.execute("CREATE OR REPLACE TEMP TABLE moved (case_id VARCHAR, stage INTEGER, code DATE, policy DATE)")
        notices = {}
        for case, stage, *notice in self.ask(f"SELECT case_id, stage, decided_on, respond_by, ombudsman_details FROM all_extensions "
                                             f"WHERE landlord_id = '{self.landlord}' ORDER BY number"):
            notices.setdefault((case, stage), []).append(notice)
        for case, stage, code, code_last, policy, policy_last in self.ask(
                "SELECT case_id, stage, code_respond_due_on, code_extended_due_on, policy_respond_due_on, policy_extended_due_on FROM all_stages "
                f"WHERE landlord_id = '{self.landlord}'"):
            given = notices.get((case, stage), [])
            if all(decided <= self.as_of_day() for decided, *_ in given):
                continue
            known = [notice for notice in given if notice[0] <= self.as_of_day()]
            self.database.execute("INSERT INTO moved VALUES (?, ?, ?, ?)", [
                case, stage, moved(code, code_last, [notice for notice in known if notice[2]]), moved(policy, policy_last, known)])

    def count_working_days(self):
        """Numbers the days by how many working days there were up to each: Monday to Friday, without the calendar's bank holidays."""
        (body,) = self.database.execute("SELECT body FROM calendar ORDER BY number DESC LIMIT 1").fetchone()
        calendar = json.loads(body)
        holidays = [day["date"] for day in calendar["bank_holidays"]]
        self.database.execute(
            "CREATE OR REPLACE TEMP TABLE days AS SELECT day::DATE AS day, "
            "sum(CASE WHEN isodow(day) < 6 AND NOT list_contains($holidays, strftime(day, '%Y-%m-%d')) THEN 1 ELSE 0 END) OVER (ORDER BY day)::INTEGER AS nth "
            "FROM generate_series($first::DATE, $last::DATE, INTERVAL 1 DAY) AS all_days(day)",
            {"holidays": holidays, "first": f"{calendar['first_year']}-01-01", "last": f"{calendar['last_year']}-12-31"})

    def ask(self, sql):
        """The rows that a query gives; {as_of} in it is the report's date."""
        return self.database.execute(sql.replace("{as_of}", self.quoted_as_of())).fetchall()

    def one(self, sql):
        """The only row of a query."""
        return self.ask(sql)[0]

    def counts(self, sql):
        """The counts of a query whose last column is a count, by what stands before it."""
        return Counts({tuple(row[:-1]): row[-1] for row in self.ask(sql)})


class Counts(dict):
    """Counts by some words: what is not there is none."""

    def of(self, *words):
        """The sum over all that begin with these words; None stands for any."""
        return sum(count for key, count in self.items() if all(want is None or want == word for want, word in zip(words, key)))

    def words(self, place):
        """The words in one place, in their order."""
        return sorted({key[place] for key in self if key[place] is not None})
