"""Derives figures of finished reports a second time, in another engine, from the extract: SQL in DuckDB, written from the measures' definitions.

Usage: derive.py EXTRACT FOLDER AS_OF, where FOLDER has the reports for committees as JSON. Every figure that it derives is compared to the
digit; the tables that it does not derive are named at the end. Exits with 1 where a figure differs, or a report has none to compare.
"""

import json
import re
import sys
from pathlib import Path

import duckdb

# A stage counts from its own day, in complaints that were not refused and not found to be something else; what is dated later has not happened.
STAGES = """
CREATE VIEW made AS
SELECT s.*, c.stock_type, c.channel, c.service_area, c.area, c.contractor,
    CASE WHEN s.responded_on <= $as_of THEN s.responded_on END AS answered_on,
    (CASE WHEN c.withdrawn_on <= $as_of THEN c.withdrawn_on END) AS gone_on
FROM stages s JOIN cases c ON c.case_id = s.case_id AND c.landlord_id = s.landlord_id
WHERE c.kind = 'complaint' AND c.triage NOT IN ('refused', 'not-a-complaint') AND s.requested_on <= $as_of
"""

# An answer counts unless the complaint was withdrawn before it.
VERDICT = """
CREATE VIEW judged AS
SELECT *, answered_on IS NOT NULL AND (gone_on IS NULL OR gone_on >= answered_on) AS is_answered,
    is_answered AND answered_on <= code_respond_due_on AS is_without_extension,
    is_answered AND answered_on <= greatest(code_respond_due_on, code_extended_due_on) AS is_in_time
FROM made
"""

ACKNOWLEDGEMENTS = """
CREATE VIEW acknowledgements AS
SELECT m.*, m.code_acknowledge_due_on AS due, CASE WHEN m.acknowledged_on <= $as_of THEN m.acknowledged_on END AS done,
    coalesce(least(c.withdrawn_on, c.closed_on) <= least(m.code_acknowledge_due_on, $as_of), false) AS is_ended
FROM made m JOIN cases c ON c.case_id = m.case_id AND c.landlord_id = m.landlord_id
WHERE m.code_acknowledge_due_on IS NOT NULL
"""

# Why a table is not derived; one that is not named here could be, and is not yet.
CHARTED = "limits of a control chart, drawn from periods that have no report here"
WORKING_DAYS = "working days, which are counted on the landlord's calendar, a JSON text in the extract"
ACCOUNTED = "the reporter's own account of the rows that it read"
GIVEN = "from a file that is given to the reporter, and not from the extract"
REASONS = {
    "control-answered-1": CHARTED, "control-answered-2": CHARTED, "control-days": WORKING_DAYS, "control-volume": CHARTED, "days": WORKING_DAYS,
    "derived": ACCOUNTED, "left-out": ACCOUNTED, "sector": GIVEN,
}


def rounded(numerator, denominator, factor):
    """One decimal place, ties half up, in whole numbers; over nothing there is no figure, but its marker."""
    if denominator == 0:
        return "[U]"
    tenths = (numerator * factor * 10 * 2 + denominator) // (denominator * 2)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def figures(database, landlord, first, last, homes_of, as_of):
    """Every figure that is derived: a count, or a rate as numerator, denominator and the rounded value."""
    within = "landlord_id = ? AND requested_on BETWEEN ? AND ?"
    ask = lambda sql, *more: database.execute(sql, [landlord, first, last, *more]).fetchall()
    found = {}
    for stage in (1, 2):
        made, in_time, without = ask(
            f"SELECT count(*), count(*) FILTER (is_in_time), count(*) FILTER (is_without_extension) FROM judged WHERE {within} AND stage = ?", stage)[0]
        found[f"responses.{stage}-code.in-time"] = (in_time, made, rounded(in_time, made, 100))
        found[f"responses.{stage}-code.without-extension"] = without
        found[f"responses.{stage}-code.within-extension"] = in_time - without
        found[f"escalation.stage-{stage}.now"] = made
        for stock in ("lcra", "lcho"):
            homes = homes_of.get(stock)
            made, in_time = ask(
                f"SELECT count(*), count(*) FILTER (is_in_time) FROM judged WHERE {within} AND stage = ? AND stock_type = ?", stage, stock)[0]
            # Low cost home ownership is returned by itself from 1,000 homes on.
            returned = stock == "lcra" or (homes or 0) >= 1000
            rate = "[X]" if homes is None else (made, homes, rounded(made, homes, 1000))
            found[f"tsm.ch01-{stage}.{stock}"] = rate if returned else "[Z]"
            found[f"tsm.ch02-{stage}.{stock}"] = (in_time, made, rounded(in_time, made, 100)) if returned else "[Z]"
            found[f"populations.{stock}.stage-{stage}"] = made
            found[f"populations.{stock}.stage-{stage}-in-time"] = (in_time, made, rounded(in_time, made, 100))
        for month, count in ask(f"SELECT strftime(requested_on, '%Y-%m') m, count(*) FROM made WHERE {within} AND stage = ? GROUP BY m", stage):
            found[f"months.{month}.stage-{stage}"] = count
        for outcome, count in ask(f"SELECT outcome, count(*) FROM judged WHERE {within} AND stage = ? AND is_answered GROUP BY outcome", stage):
            found[f"outcomes.{outcome}.stage-{stage}"] = count
    for channel, count in ask(f"SELECT channel, count(*) FROM made WHERE {within} AND stage = 1 GROUP BY channel"):
        found[f"channels.{channel}.stage-1"] = count
    for kind, count in ask("SELECT kind, count(*) FROM cases WHERE landlord_id = ? AND received_on BETWEEN ? AND ? GROUP BY kind"):
        found[f"kinds.{kind}.cases"] = count
    for finding, count in ask("SELECT finding, count(*) FROM findings WHERE landlord_id = ? AND determined_on BETWEEN ? AND ? GROUP BY finding"):
        found[f"findings.{finding}.findings"] = count
    for answer, count in ask("SELECT answer, count(*) FROM surveys WHERE landlord_id = ? AND answered_on BETWEEN ? AND ? GROUP BY answer"):
        found[f"satisfaction.{answer}.answers"] = count
    of_case = lambda table, day, by: ask(f"SELECT {by}, count(*) FROM {table} WHERE landlord_id = ? AND {day} BETWEEN ? AND ? GROUP BY {by}")
    for kind, count in of_case("remedies", "offered_on", "kind"):
        found[f"remedies.{kind}.offered"] = count
    for kind, count in of_case("risks", "aware_on", "kind"):
        found[f"risks.{kind}.all"] = count
    requests = of_case("escalations", "requested_on", "outcome")
    asked = sum(count for _, count in requests)
    for outcome, count in requests:
        found[f"escalation-requests.{outcome}.requests"] = count
        found[f"escalation-requests.{outcome}.share"] = (count, asked, rounded(count, asked, 100))
    for what, name in (("complaint", "refusals"), ("escalation", "refused-escalations")):
        refused, considered, overturned = ask(
            "SELECT count(*), count(*) FILTER (discretion_considered), count(*) FILTER (overturned_on <= $as_of) FROM refusals "
            "WHERE landlord_id = ? AND refused_on BETWEEN ? AND ? AND what = ?".replace("$as_of", f"DATE '{as_of}'"), what)[0]
        found[f"{name}.all.refused"] = refused
        found[f"{name}.all.discretion"] = (considered, refused, rounded(considered, refused, 100))
        found[f"{name}.all.overturned"] = (overturned, refused, rounded(overturned, refused, 100))
    done, late, overdue = ask(
        "SELECT count(*) FILTER (done <= due_on), count(*) FILTER (done > due_on), count(*) FILTER (done IS NULL AND due_on < $as_of) FROM "
        "(SELECT *, CASE WHEN done_on <= $as_of THEN done_on END AS done FROM actions) WHERE landlord_id = ? AND due_on BETWEEN ? AND ?"
        .replace("$as_of", f"DATE '{as_of}'"))[0]
    due = done + late + overdue
    found["actions.now.in-time"] = (done, due, rounded(done, due, 100))
    found["actions.now.late"], found["actions.now.overdue"] = late, overdue
    for stage in (1, 2):
        # Ended by the last day for it without one is neither kept nor missed.
        kept, late, missed, ended = ask(
            "SELECT count(*) FILTER (done <= due), count(*) FILTER (done > due), count(*) FILTER (done IS NULL AND NOT is_ended), "
            "count(*) FILTER (done IS NULL AND is_ended) FROM acknowledgements WHERE landlord_id = ? AND requested_on BETWEEN ? AND ? "
            "AND stage = ?", stage)[0]
        all_due = kept + late + missed
        found[f"acknowledged.{stage}-code.in-time"] = (kept, all_due, rounded(kept, all_due, 100))
        found[f"acknowledged.{stage}-code.late"], found[f"acknowledged.{stage}-code.ended"] = late, ended
        for stock, homes in homes_of.items():
            made = ask(f"SELECT count(*) FROM made WHERE {within} AND stage = ? AND stock_type = ?", stage, stock)[0][0]
            found[f"per-1000.{stock}.homes"] = homes
            found[f"per-1000.{stock}.stage-{stage}"] = made
            found[f"per-1000.{stock}.stage-{stage}-rate"] = (made, homes, rounded(made, homes, 1000))
        for month, count in ask(f"SELECT strftime(date_trunc('quarter', requested_on), '%Y-%m') q, count(*) FROM made WHERE {within} AND stage = ? GROUP BY q", stage):
            found[f"quarters.{month}.stage-{stage}"] = count
    for table, column in (("services", "service_area"), ("areas", "area"), ("providers", "contractor")):
        for word, first_stage, second in ask(
                f"SELECT {column}, count(*) FILTER (stage = 1), count(*) FILTER (stage = 2) FROM made WHERE {within} AND {column} IS NOT NULL GROUP BY 1"):
            row = f"{table}.{slug(word)}"
            found[f"{row}.stage-1"], found[f"{row}.stage-2"], found[f"{row}.all"] = first_stage, second, first_stage + second
    for contractor, made, in_time, upheld, answered in ask(
            "SELECT coalesce(contractor, ''), count(*), count(*) FILTER (is_in_time), count(*) FILTER (is_answered AND outcome IN ('upheld', 'partly-upheld')), "
            f"count(*) FILTER (is_answered AND outcome IS NOT NULL) FROM judged WHERE {within} AND stage = 1 GROUP BY 1"):
        row = f"contractors.{slug(contractor) or 'own'}"
        found[f"{row}.made"] = made
        found[f"{row}.in-time"] = (in_time, made, rounded(in_time, made, 100))
        found[f"{row}.upheld"] = (upheld, answered, rounded(upheld, answered, 100))
    # A complaint is in the row of each of its categories.
    for category, every, *by_outcome in ask(
            "SELECT category, count(*), count(*) FILTER (is_answered AND outcome = 'upheld'), count(*) FILTER (is_answered AND outcome = 'partly-upheld'), "
            f"count(*) FILTER (is_answered AND outcome = 'not-upheld') FROM judged JOIN categories USING (landlord_id, case_id) WHERE {within} "
            "AND stage = 1 GROUP BY category"):
        row = f"categories.{slug(category)}"
        found[f"{row}.all"], found[f"{row}.other"] = every, every - sum(by_outcome)
        for outcome, count in zip(("upheld", "partly-upheld", "not-upheld"), by_outcome):
            found[f"{row}.{outcome}"] = count
    amounts, pence = ask(
        "SELECT count(*) FILTER (pence > 0), coalesce(sum(pence), 0)::BIGINT FROM remedies WHERE landlord_id = ? AND offered_on BETWEEN ? AND ?")[0]
    found["money.offered.amounts"], found["money.offered.total"] = amounts, f"{pence // 100}.{pence % 100:02}"
    return found


def slug(word):
    """A word of the landlord's as it is in the name of a figure."""
    return re.sub("[^a-z0-9]+", "-", word.lower()).strip("-")


def cells(report):
    """The figures of a report, by their names."""
    return {cell["figure"]: cell for table in report["tables"].values() if table for row in table["rows"] for cell in row["cells"]}


def main(extract, folder, as_of):
    database = duckdb.connect()
    for table in ("stages", "cases", "stock", "findings", "surveys", "remedies", "risks", "escalations", "refusals", "actions", "categories"):
        database.execute(f"CREATE TABLE {table} AS SELECT * FROM read_parquet('{extract}/report_{table}/**/*.parquet', hive_partitioning = false)")
    for table, day in (("findings", "determined_on"), ("surveys", "answered_on"), ("cases", "received_on"), ("remedies", "offered_on"),
                       ("risks", "aware_on"), ("escalations", "requested_on"), ("refusals", "refused_on")):
        database.execute(f"DELETE FROM {table} WHERE {day} > $as_of", {"as_of": as_of})
    database.execute(STAGES.replace("$as_of", f"DATE '{as_of}'"))
    database.execute(VERDICT)
    database.execute(ACKNOWLEDGEMENTS.replace("$as_of", f"DATE '{as_of}'"))
    compared, wrong, derived, left = 0, [], set(), set()
    # A manifest lies beside each report.
    for path in sorted(path for path in Path(folder).glob("*.json") if not path.stem.endswith(".manifest")):
        report = json.loads(path.read_text())
        printed = cells(report)
        landlord, first, last = spans(path.stem)
        homes_of = dict(database.execute(
            "SELECT stock_type, homes FROM stock WHERE landlord_id = ? AND year_start = ?", [landlord, year_of(first)]).fetchall())
        here = 0
        for name, value in figures(database, landlord, first, last, homes_of, as_of).items():
            cell = printed.get(name)
            if cell is None:
                continue
            here += 1
            derived.add(name.split(".")[0])
            if isinstance(value, tuple):
                numerator, denominator, text = value
                counts = (cell.get("numerator"), cell.get("denominator"))
                same = cell["plain"] == text and (text == "[U]" or counts == (numerator, denominator))
            else:
                same = cell["plain"] == str(value)
            if not same:
                wrong.append(f"{path.name}: {name} is {cell['plain']} ({cell.get('of', '')}), derived {value}")
        left |= {name.split(".")[0] for name, cell in printed.items() if not cell["is_words"]}
        compared += here
        if here == 0:
            wrong.append(f"{path.name}: no figure to compare")
    print(f"{compared} figures derived a second time, of the tables {', '.join(sorted(derived))}")
    for table in sorted(left - derived):
        print(f"not derived here: {table}: {REASONS.get(table, 'not yet')}")
    print("\n".join(wrong))
    return 1 if wrong or compared == 0 else 0


def year_of(first):
    """The 1 April on or before the first day of a period."""
    year, month = int(first[:4]), int(first[5:7])
    return f"{year if month >= 4 else year - 1}-04-01"


def spans(stem):
    """Landlord and days of a report, from the name of its file."""
    stem = stem.removesuffix("-with-references")
    if "-committee-" in stem:
        landlord, when = stem.split("-committee-")
        year, quarter = int(when[:4]), int(when[-1])
        starts = [(year, 4), (year, 7), (year, 10), (year + 1, 1)]
        begin, month = starts[quarter - 1]
        last = {4: "06-30", 7: "09-30", 10: "12-31", 1: "03-31"}[month]
        return landlord, f"{begin}-{month:02}-01", f"{begin}-{last}"
    landlord, when = stem.split("-tsm-") if "-tsm-" in stem else stem.split("-annual-")
    return landlord, f"{when[:4]}-04-01", f"{int(when[:4]) + 1}-03-31"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
