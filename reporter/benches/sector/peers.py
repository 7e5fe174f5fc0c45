"""The tables of every landlord's annual report and of its four reports to a committee, from an extract, in DuckDB or in pandas.

Usage: peers.py duckdb|pandas EXTRACT CALENDAR [FOLDER]. Prints the seconds that it took, from the files to the finished tables, and the
peak of its memory in KiB. With a folder it also writes every table there, sorted, to be compared line by line.

Stages, cases and what hangs on them are classified once and counted once by quarter; a report's table is a sum of its quarters.
"""

import datetime
import json
import resource
import sys
import time
from pathlib import Path

AS_OF = datetime.date(2026, 6, 30)
QUARTERS = [datetime.date(2023 + (month + 3) // 12, (month + 3) % 12 + 1, 1) for month in range(0, 36, 3)]


def periods():
    """The windows of each report as (report, window, quarter), and its charts' quarters with the window each is in, or none."""
    windows, charts = [], []
    for index, quarter in enumerate(QUARTERS):
        if index >= 4:
            windows.append(("annual", "now" if index >= 8 else "before", quarter))
    for number in range(1, 5):
        own = 7 + number
        for window, index in (("now", own), ("before", own - 1), ("year-ago", own - 4)):
            windows.append((f"q{number}", window, QUARTERS[index]))
        charts += [(f"q{number}", QUARTERS[index]) for index in range(own - 8, own + 1)]
    charts += [("annual", quarter) for quarter in QUARTERS]
    named = {(report, quarter): window for report, window, quarter in windows}
    return windows, [(report, named.get((report, quarter), ""), quarter) for report, quarter in charts]


def working_days(calendar):
    """Every day with the number of working days up to and with it."""
    holidays = {datetime.date.fromisoformat(event["date"]) for event in json.loads(Path(calendar).read_text())["bank_holidays"]}
    day, through, days = datetime.date(2019, 1, 1), 0, []
    while day.year < 2028:
        through += day.weekday() < 5 and day not in holidays
        days.append((day, through))
        day += datetime.timedelta(days=1)
    return days


# ---- DuckDB

CLASSIFIED = """
CREATE TEMP TABLE cases AS
SELECT landlord_id, case_id, kind, received_on, date_trunc('quarter', received_on)::DATE AS quarter, channel, stock_type, residents,
    coalesce(service_area, '') AS service, coalesce(contractor, '') AS provider, coalesce(area, '') AS area, triage,
    CASE WHEN withdrawn_on <= $as_of THEN withdrawn_on END AS withdrawn, CASE WHEN closed_on <= $as_of THEN closed_on END AS closed,
    CASE WHEN vulnerable THEN 'yes' ELSE 'no' END AS vulnerable, CASE WHEN adjustments > 0 THEN 'yes' ELSE 'no' END AS adjustments,
    CASE WHEN hazard THEN 'yes' ELSE 'no' END AS hazard, CASE WHEN imported THEN 'yes' ELSE 'no' END AS imported,
    anonymous, represented, third_party, from_service_request, became_complaint, reopened > 0 AS reopened, directed_on IS NOT NULL AS directed
FROM read_parquet('$extract/report_cases/**/*.parquet', hive_partitioning = false) WHERE received_on <= $as_of;

CREATE TEMP TABLE notices AS
SELECT * FROM read_parquet('$extract/report_extensions/**/*.parquet', hive_partitioning = false) WHERE decided_on <= $as_of;

CREATE TEMP TABLE stages AS
WITH dated AS (
    SELECT s.landlord_id, s.case_id, s.stage::VARCHAR AS stage, requested_on, code_respond_due_on AS due, code_extended_due_on AS extended,
        policy_respond_due_on AS policy_due, policy_extended_due_on AS policy_extended, code_acknowledge_due_on AS acknowledge_due,
        policy_acknowledge_due_on AS policy_acknowledge_due, s.outcome, updates_agreed, updates_late,
        CASE WHEN responded_on <= $as_of THEN responded_on END AS answered,
        CASE WHEN acknowledged_on <= $as_of THEN acknowledged_on END AS acknowledged_on,
        c.withdrawn, c.closed, least(c.withdrawn, c.closed) AS ended, c.channel, c.stock_type AS stock, c.provider, c.service, c.area,
        c.vulnerable, c.adjustments, c.hazard, c.imported, longest, decided, detailed
    FROM read_parquet('$extract/report_stages/**/*.parquet', hive_partitioning = false) s
    JOIN cases c ON c.case_id = s.case_id AND c.landlord_id = s.landlord_id
    LEFT JOIN (SELECT landlord_id, case_id, stage, max(respond_by) AS longest, max(decided_on) AS decided, bool_and(ombudsman_details) AS detailed
        FROM notices GROUP BY ALL) n
        ON n.case_id = s.case_id AND n.landlord_id = s.landlord_id AND n.stage = s.stage
    WHERE c.kind = 'complaint' AND c.triage NOT IN ('refused', 'not-a-complaint') AND requested_on <= $as_of
)
SELECT landlord_id, case_id, stage, requested_on, date_trunc('quarter', requested_on)::DATE AS quarter,
    strftime(requested_on, '%Y-%m') AS month, stock, channel, provider, service, area, vulnerable, adjustments, hazard, imported,
    CASE WHEN withdrawn < coalesce(answered, DATE '9999-12-31') THEN 'withdrawn'
        WHEN answered <= due THEN 'without-extension' WHEN answered <= extended THEN 'within-extension'
        WHEN answered IS NOT NULL THEN 'late' WHEN closed IS NOT NULL THEN 'closed'
        WHEN greatest(due, extended) < $as_of THEN 'open-overdue' ELSE 'open-within-time' END AS in_time,
    CASE WHEN withdrawn < coalesce(answered, DATE '9999-12-31') THEN 'withdrawn'
        WHEN answered IS NOT NULL AND policy_due IS NULL THEN 'no-limit'
        WHEN answered <= policy_due THEN 'without-extension' WHEN answered <= policy_extended THEN 'within-extension'
        WHEN answered IS NOT NULL THEN 'late' WHEN closed IS NOT NULL THEN 'closed'
        WHEN greatest(policy_due, policy_extended) < $as_of THEN 'open-overdue' ELSE 'open-within-time' END AS policy_in_time,
    CASE WHEN acknowledge_due IS NULL THEN 'no-limit' WHEN acknowledged_on <= acknowledge_due THEN 'in-time'
        WHEN acknowledged_on IS NOT NULL THEN 'late' WHEN ended <= acknowledge_due THEN 'ended'
        WHEN acknowledge_due < $as_of THEN 'open-overdue' ELSE 'open-within-time' END AS acknowledged,
    CASE WHEN policy_acknowledge_due IS NULL THEN 'no-limit' WHEN acknowledged_on <= policy_acknowledge_due THEN 'in-time'
        WHEN acknowledged_on IS NOT NULL THEN 'late' WHEN ended <= policy_acknowledge_due THEN 'ended'
        WHEN policy_acknowledge_due < $as_of THEN 'open-overdue' ELSE 'open-within-time' END AS policy_acknowledged,
    CASE WHEN answered IS NOT NULL THEN coalesce(outcome, 'not-recorded') WHEN withdrawn IS NOT NULL THEN 'withdrawn' ELSE 'open' END AS outcome,
    CASE WHEN longest IS NULL THEN 'none' WHEN detailed AND decided <= due AND longest <= greatest(due, extended) THEN 'permitted'
        ELSE 'not-permitted' END AS extension,
    CASE WHEN NOT updates_agreed THEN 'none-agreed' WHEN updates_late = 0 THEN 'kept' ELSE 'not-kept' END AS updates,
    answered, acknowledged_on,
    CASE WHEN $as_of - requested_on <= 14 THEN 'a' WHEN $as_of - requested_on <= 28 THEN 'b' WHEN $as_of - requested_on <= 56 THEN 'c'
        ELSE 'd' END AS age
FROM dated;

CREATE TEMP TABLE waits AS
SELECT landlord_id, quarter, stage, 'acknowledge' AS what, greatest(done.through - asked.through, 0)::VARCHAR AS days
FROM stages JOIN days asked ON asked.day = requested_on JOIN days done ON done.day = acknowledged_on
UNION ALL
SELECT landlord_id, quarter, stage, 'answer', greatest(done.through - asked.through, 0)::VARCHAR
FROM stages JOIN days asked ON asked.day = requested_on JOIN days done ON done.day = answered WHERE in_time <> 'withdrawn';

CREATE TEMP TABLE kinds AS
SELECT landlord_id, quarter, kind,
    CASE WHEN triage = 'pending' AND (withdrawn IS NOT NULL OR closed IS NOT NULL) THEN 'ended' ELSE triage END AS triage FROM cases;

CREATE TEMP TABLE remarks AS
SELECT landlord_id, quarter, unnest(list_filter([
    CASE WHEN kind = 'complaint' AND represented THEN 'represented' END, CASE WHEN kind = 'complaint' AND anonymous THEN 'anonymous' END,
    CASE WHEN kind = 'complaint' AND adjustments = 'yes' THEN 'adjustments' END,
    CASE WHEN kind = 'complaint' AND vulnerable = 'yes' THEN 'vulnerable' END, CASE WHEN kind = 'complaint' AND hazard = 'yes' THEN 'hazard' END,
    CASE WHEN kind = 'complaint' AND third_party THEN 'third-party' END, CASE WHEN kind = 'complaint' AND residents > 1 THEN 'group' END,
    CASE WHEN kind = 'complaint' AND reopened THEN 'reopened' END, CASE WHEN kind = 'complaint' AND directed THEN 'directed' END,
    CASE WHEN kind = 'complaint' AND from_service_request THEN 'from-service-request' END,
    CASE WHEN kind = 'service-request' AND became_complaint THEN 'became-complaint' END], lambda remark: remark IS NOT NULL)) AS remark
FROM cases;

CREATE TEMP TABLE categories AS
SELECT c.landlord_id, s.quarter, c.category, s.outcome, s.in_time
FROM read_parquet('$extract/report_categories/**/*.parquet', hive_partitioning = false) c
JOIN stages s ON s.case_id = c.case_id AND s.landlord_id = c.landlord_id AND s.stage = '1';

CREATE TEMP TABLE refusals AS
SELECT landlord_id, date_trunc('quarter', refused_on)::DATE AS quarter, what, ground, clause,
    CASE WHEN discretion_considered THEN 'yes' ELSE 'no' END AS discretion,
    CASE WHEN overturned_on <= $as_of THEN 'yes' ELSE 'no' END AS overturned
FROM read_parquet('$extract/report_refusals/**/*.parquet', hive_partitioning = false) WHERE refused_on <= $as_of;

CREATE TEMP TABLE escalations AS
SELECT landlord_id, date_trunc('quarter', requested_on)::DATE AS quarter, CASE WHEN decided_on > $as_of THEN 'pending' ELSE outcome END AS outcome,
    CASE WHEN reasons_given THEN 'yes' ELSE 'no' END AS reasons, CASE WHEN late THEN 'yes' ELSE 'no' END AS late
FROM read_parquet('$extract/report_escalations/**/*.parquet', hive_partitioning = false) WHERE requested_on <= $as_of;

CREATE TEMP TABLE remedies AS
SELECT landlord_id, date_trunc('quarter', offered_on)::DATE AS quarter, coalesce(stage::VARCHAR, 'other') AS stage, kind,
    CASE WHEN accepted_on <= $as_of THEN 'accepted' WHEN declined_on <= $as_of THEN 'declined' WHEN lapsed_on <= $as_of THEN 'lapsed'
        ELSE 'open' END AS state, coalesce(pence, 0) AS pence, pence AS offered, paid_pence AS paid, offset_pence AS set_off
FROM read_parquet('$extract/report_remedies/**/*.parquet', hive_partitioning = false) WHERE offered_on <= $as_of;

CREATE TEMP TABLE money AS
SELECT landlord_id, quarter, 'offered' AS what, offered::VARCHAR AS amount, offered AS pence FROM remedies WHERE offered IS NOT NULL
UNION ALL SELECT landlord_id, quarter, 'paid', paid::VARCHAR, paid FROM remedies WHERE paid IS NOT NULL
UNION ALL SELECT landlord_id, quarter, 'set-off', set_off::VARCHAR, set_off FROM remedies WHERE set_off IS NOT NULL;

CREATE TEMP TABLE extensions AS
SELECT landlord_id, date_trunc('quarter', decided_on)::DATE AS quarter, stage::VARCHAR AS stage,
    CASE WHEN ombudsman_details THEN 'yes' ELSE 'no' END AS details FROM notices;

CREATE TEMP TABLE surveys AS
SELECT landlord_id, date_trunc('quarter', answered_on)::DATE AS quarter, answer::VARCHAR AS answer
FROM read_parquet('$extract/report_surveys/**/*.parquet', hive_partitioning = false) WHERE answered_on <= $as_of;
"""

# Every table: what it counts, and by which columns. A window comes before them.
TABLES = {
    "months": ("stages", "stage month in_time"),
    "stock": ("stages", "stage stock in_time"),
    "clocks": ("stages", "stage in_time policy_in_time"),
    "acknowledged": ("stages", "stage acknowledged policy_acknowledged"),
    "outcomes": ("stages", "stage outcome imported"),
    "channels": ("stages", "stage channel"),
    "providers": ("stages", "stage provider outcome in_time"),
    "handling": ("stages", "stage in_time extension updates"),
    "areas": ("stages", "stage area"),
    "services": ("stages", "stage service"),
    "recorded": ("stages", "stage vulnerable adjustments hazard outcome in_time"),
    "kinds": ("kinds", "kind triage"),
    "remarks": ("remarks", "remark"),
    "categories": ("categories", "category outcome in_time"),
    "refusals": ("refusals", "what ground clause discretion overturned"),
    "escalations": ("escalations", "outcome reasons late"),
    "remedies": ("remedies", "stage kind state"),
    "money": ("money", "what amount"),
    "extensions": ("extensions", "stage details"),
    "surveys": ("surveys", "answer"),
}
# Those that go by the charts' quarters, whatever the report's windows: the charts' window, which may be none, or the quarter itself.
CHARTED = {
    "waits": ("waits", ["window"], "stage what days"),
    "waits_by_period": ("waits", ["period"], "stage what days"),
    "history": ("stages", ["window", "period"], "stage in_time"),
}
REPORTS = ["annual", "q1", "q2", "q3", "q4"]
OF_MONEY = {"remedies", "money"}


def in_duckdb(extract, calendar):
    import duckdb

    database = duckdb.connect()
    windows, charts = periods()
    for name, kinds, rows in (
        ("windows", "report VARCHAR, \"window\" VARCHAR, quarter DATE", windows),
        ("charts", "report VARCHAR, \"window\" VARCHAR, quarter DATE", charts),
        ("days", "day DATE, through INTEGER", working_days(calendar)),
    ):
        database.execute(f"CREATE TEMP TABLE {name} ({kinds})")
        values = ", ".join("(" + ", ".join(f"'{value}'" for value in row) + ")" for row in rows)
        database.execute(f"INSERT INTO {name} VALUES {values}")
    database.execute(CLASSIFIED.replace("$extract", extract).replace("$as_of", f"DATE '{AS_OF}'"))
    for name, (rows, columns) in TABLES.items():
        columns = ", ".join(columns.split())
        pence = "sum(pence)" if name in OF_MONEY else "0"
        database.execute(f"""CREATE TEMP TABLE of_{name} AS
            SELECT landlord_id, report, "window", {columns}, sum(n) AS times, sum(p) AS pence
            FROM (SELECT landlord_id, quarter, {columns}, count(*) AS n, {pence} AS p FROM {rows} GROUP BY ALL) JOIN windows USING (quarter)
            GROUP BY ALL""")
    for name, (rows, firsts, columns) in CHARTED.items():
        columns = ", ".join(columns.split())
        first = ", ".join({"window": '"window"', "period": "quarter::VARCHAR AS period"}[first] for first in firsts)
        database.execute(f"""CREATE TEMP TABLE of_{name} AS
            SELECT landlord_id, report, {first}, {columns}, sum(n) AS times, 0 AS pence
            FROM (SELECT landlord_id, quarter, {columns}, count(*) AS n FROM {rows} GROUP BY ALL) JOIN charts USING (quarter) GROUP BY ALL""")
    reports = ", ".join(f"('{report}')" for report in REPORTS)
    database.execute(f"""CREATE TEMP TABLE of_open AS
        SELECT landlord_id, report, stage, age, in_time AS clock, policy_in_time AS policy_clock, count(*) AS times, 0 AS pence
        FROM stages, (VALUES {reports}) r(report) WHERE in_time IN ('open-within-time', 'open-overdue') GROUP BY ALL""")

    def write(folder):
        for name in [*TABLES, *CHARTED, "open"]:
            database.execute(f"COPY (SELECT * FROM of_{name} ORDER BY ALL) TO '{folder}/{name}.tsv' (DELIMITER '\t', HEADER false, QUOTE '')")

    return write


# ---- pandas


def in_pandas(extract, calendar):
    import numpy
    import pandas
    import pyarrow.dataset

    as_of = pandas.Timestamp(AS_OF)
    through = {pandas.Timestamp(day): count for day, count in working_days(calendar)}
    first_day = min(through)
    ordinals = numpy.fromiter(through.values(), dtype="int64")

    def read(view, columns):
        frame = pyarrow.dataset.dataset(f"{extract}/report_{view}", format="parquet", partitioning=None, exclude_invalid_files=False)
        table = frame.to_table(columns=columns)
        words = [field.name for field in table.schema if pyarrow.types.is_string(field.type) and field.name != "case_id"]
        for word in words:
            index = table.schema.get_field_index(word)
            table = table.set_column(index, word, table.column(word).dictionary_encode().unify_dictionaries())
        days = [field.name for field in table.schema if pyarrow.types.is_date(field.type)]
        read = table.to_pandas(date_as_object=False, self_destruct=True)
        assert all(str(read[day].dtype).startswith("datetime64") for day in days)
        return read

    def known(days):
        return days.where(days <= as_of)

    def quarter_of(days):
        return days.dt.to_period("Q").dt.start_time.dt.date.astype("category")

    def word(choices, otherwise):
        """The word of the first condition that holds."""
        names = sorted({name for _, name in choices} | {otherwise})
        conditions = [condition.to_numpy(dtype=bool) for condition, _ in choices]
        codes = numpy.select(conditions, [names.index(name) for _, name in choices], names.index(otherwise))
        return pandas.Categorical.from_codes(codes.astype("int8"), names)

    def yes_or_no(values):
        return word([(values, "yes")], "no")

    def worded(column):
        """A column of words where a missing one is an empty one."""
        if not column.hasnans:
            return column
        return column.cat.add_categories("").fillna("")

    def number(column):
        return column.astype("Int64").astype("string").astype("category")

    cases = read("cases", [
        "landlord_id", "case_id", "kind", "received_on", "channel", "stock_type", "residents", "service_area", "contractor", "area", "triage",
        "closed_on", "withdrawn_on", "hazard", "adjustments", "vulnerable", "anonymous", "represented", "third_party", "from_service_request",
        "became_complaint", "reopened", "directed_on", "imported"])
    cases = cases[cases.received_on <= as_of]
    cases["quarter"] = quarter_of(cases.received_on)
    cases["withdrawn"], cases["closed"] = known(cases.withdrawn_on), known(cases.closed_on)
    for name, column in (("service", "service_area"), ("provider", "contractor"), ("area", "area")):
        cases[name] = worded(cases[column])
    for name, flags in (("vulnerable", cases.vulnerable), ("adjustments", cases.adjustments > 0), ("hazard", cases.hazard), ("imported", cases.imported)):
        cases[f"{name}_word"] = yes_or_no(flags)
    notices = read("extensions", ["landlord_id", "case_id", "stage", "decided_on", "respond_by", "ombudsman_details"])
    notices = notices[notices.decided_on <= as_of]
    # The generated cases have one notice to a stage at most.
    longest = notices.groupby(["case_id", "stage"], observed=True).agg(
        longest=("respond_by", "max"), decided=("decided_on", "max"), detailed=("ombudsman_details", "min")).reset_index()

    stages = read("stages", [
        "case_id", "stage", "requested_on", "acknowledged_on", "responded_on", "outcome", "policy_acknowledge_due_on", "policy_respond_due_on",
        "policy_extended_due_on", "code_acknowledge_due_on", "code_respond_due_on", "code_extended_due_on", "updates_agreed",
        "updates_late"])
    of_complaints = cases[(cases.kind == "complaint") & ~cases.triage.isin(["refused", "not-a-complaint"])]
    stages = stages[stages.requested_on <= as_of].merge(of_complaints[[
        "landlord_id", "case_id", "withdrawn", "closed", "channel", "stock_type", "provider", "service", "area", "vulnerable_word",
        "adjustments_word", "hazard_word", "imported_word"]], on="case_id").merge(longest, on=["case_id", "stage"], how="left")
    stages = stages.rename(columns={"stock_type": "stock", "vulnerable_word": "vulnerable", "adjustments_word": "adjustments", "hazard_word": "hazard", "imported_word": "imported"})
    stages["quarter"] = quarter_of(stages.requested_on)
    stages["month"] = stages.requested_on.dt.to_period("M").astype("category")
    stages["month"] = stages.month.cat.rename_categories([str(month) for month in stages.month.cat.categories])
    answered, acknowledged = known(stages.responded_on), known(stages.acknowledged_on)
    ended = stages[["withdrawn", "closed"]].min(axis=1)
    is_withdrawn = stages.withdrawn.notna() & (answered.isna() | (answered > stages.withdrawn))

    def standing(due, extended):
        last = due.where(extended.isna() | (due > extended), extended)
        return word([(is_withdrawn, "withdrawn"), (answered.notna() & due.isna(), "no-limit"), (answered <= due, "without-extension"),
            (answered <= extended, "within-extension"), (answered.notna(), "late"), (stages.closed.notna(), "closed"),
            (last < as_of, "open-overdue")], "open-within-time")

    def acknowledgement(due):
        return word([(due.isna(), "no-limit"), (acknowledged <= due, "in-time"), (acknowledged.notna(), "late"), (ended <= due, "ended"),
            (due < as_of, "open-overdue")], "open-within-time")

    stages["in_time"] = standing(stages.code_respond_due_on, stages.code_extended_due_on)
    stages["policy_in_time"] = standing(stages.policy_respond_due_on, stages.policy_extended_due_on)
    stages["acknowledged"] = acknowledgement(stages.code_acknowledge_due_on)
    stages["policy_acknowledged"] = acknowledgement(stages.policy_acknowledge_due_on)
    told = stages.outcome.astype("category").cat.set_categories(["not-upheld", "partly-upheld", "upheld", "not-recorded", "open", "withdrawn"])
    unanswered = pandas.Series(numpy.where(stages.withdrawn.notna(), "withdrawn", "open"), index=stages.index)
    stages["outcome"] = told.fillna("not-recorded").where(answered.notna(), unanswered)
    last = stages.code_extended_due_on.where(stages.code_extended_due_on > stages.code_respond_due_on, stages.code_respond_due_on)
    within = (stages.detailed == True) & (stages.decided <= stages.code_respond_due_on) & (stages.longest <= last)  # noqa: E712
    stages["extension"] = word([(stages.longest.isna(), "none"), (within, "permitted")], "not-permitted")
    stages["updates"] = word([(~stages.updates_agreed, "none-agreed"), (stages.updates_late == 0, "kept")], "not-kept")
    age = (as_of - stages.requested_on).dt.days
    stages["age"] = word([(age <= 14, "a"), (age <= 28, "b"), (age <= 56, "c")], "d")
    stages["stage"] = number(stages.stage)

    def waited(what, done, wanted):
        chosen = done.notna() & wanted
        start = (stages.requested_on[chosen] - first_day).dt.days.to_numpy()
        end = (done[chosen] - first_day).dt.days.to_numpy()
        waited = stages.loc[chosen, ["landlord_id", "quarter", "stage"]].copy()
        waited["what"], waited["days"] = what, numpy.maximum(ordinals[end] - ordinals[start], 0)
        return waited

    waits = pandas.concat([waited("acknowledge", acknowledged, True), waited("answer", answered, stages.in_time != "withdrawn")])
    waits["what"] = waits.what.astype("category")
    is_over = (cases.triage == "pending") & (cases.withdrawn.notna() | cases.closed.notna())
    kinds = cases[["landlord_id", "quarter", "kind"]].copy()
    kinds["triage"] = cases.triage.cat.add_categories("ended").where(~is_over, "ended")
    complaint = cases.kind == "complaint"
    flags = {
        "represented": cases.represented, "anonymous": cases.anonymous, "adjustments": cases.adjustments > 0, "vulnerable": cases.vulnerable,
        "hazard": cases.hazard, "third-party": cases.third_party, "group": cases.residents > 1, "reopened": cases.reopened > 0,
        "directed": cases.directed_on.notna(), "from-service-request": cases.from_service_request}
    remarked = [(remark, complaint & flag) for remark, flag in flags.items()]
    remarked.append(("became-complaint", (cases.kind == "service-request") & cases.became_complaint))
    remarks = pandas.concat([cases.loc[chosen, ["landlord_id", "quarter"]].assign(remark=remark) for remark, chosen in remarked])
    remarks["remark"] = remarks.remark.astype("category")
    del cases, of_complaints
    firsts = stages.loc[stages.stage == "1", ["case_id", "quarter", "outcome", "in_time"]]
    categories = read("categories", ["landlord_id", "case_id", "category"]).merge(firsts, on="case_id")
    del firsts

    refusals = read("refusals", ["landlord_id", "what", "refused_on", "ground", "clause", "discretion_considered", "overturned_on"])
    refusals = refusals[refusals.refused_on <= as_of]
    refusals["quarter"], refusals["discretion"] = quarter_of(refusals.refused_on), yes_or_no(refusals.discretion_considered)
    refusals["overturned"] = yes_or_no(known(refusals.overturned_on.astype("datetime64[s]")).notna())
    escalations = read("escalations", ["landlord_id", "requested_on", "reasons_given", "outcome", "late", "decided_on"])
    escalations = escalations[escalations.requested_on <= as_of]
    escalations["quarter"], escalations["reasons"] = quarter_of(escalations.requested_on), yes_or_no(escalations.reasons_given)
    escalations["late"] = yes_or_no(escalations.late)
    escalations["outcome"] = escalations.outcome.astype("object").where(~(escalations.decided_on > as_of), "pending").astype("category")
    remedies = read("remedies", [
        "landlord_id", "stage", "kind", "pence", "offered_on", "accepted_on", "declined_on", "lapsed_on", "paid_pence", "offset_pence"])
    remedies = remedies[remedies.offered_on <= as_of]
    remedies["quarter"] = quarter_of(remedies.offered_on)
    remedies["stage"] = number(remedies.stage).cat.add_categories("other").fillna("other")
    remedies["state"] = word([(known(remedies[f"{what}_on"].astype("datetime64[s]")).notna(), what) for what in ("accepted", "declined", "lapsed")], "open")
    money = pandas.concat([
        remedies.loc[remedies[column].notna(), ["landlord_id", "quarter"]].assign(what=what, amount=remedies[column].dropna().astype("int64"))
        for what, column in (("offered", "pence"), ("paid", "paid_pence"), ("set-off", "offset_pence"))])
    money["what"], money["pence"] = money.what.astype("category"), money.amount
    remedies["pence"] = remedies.pence.fillna(0).astype("int64")
    notices["quarter"], notices["details"] = quarter_of(notices.decided_on), yes_or_no(notices.ombudsman_details)
    notices["stage"] = number(notices.stage)
    surveys = read("surveys", ["landlord_id", "answer", "answered_on"])
    surveys = surveys[surveys.answered_on <= as_of]
    surveys["quarter"], surveys["answer"] = quarter_of(surveys.answered_on), number(surveys.answer)

    frames = {
        "stages": stages, "waits": waits, "kinds": kinds, "remarks": remarks, "categories": categories, "refusals": refusals,
        "escalations": escalations, "remedies": remedies, "money": money, "extensions": notices, "surveys": surveys}
    windows, charts = (pandas.DataFrame(rows, columns=["report", "window", "quarter"]) for rows in periods())

    def counted(rows, columns, name):
        grouped = frames[rows].groupby(["landlord_id", "quarter", *columns], observed=True)
        if name in OF_MONEY:
            return grouped.agg(times=("pence", "size"), pence=("pence", "sum")).reset_index()
        return grouped.size().rename("times").reset_index().assign(pence=0)

    def rolled_up(counts, spans, columns):
        counts = counts.astype({column: "object" for column in counts.columns if column not in ("times", "pence", "landlord_id")})
        joined = counts.merge(spans, on="quarter")
        by = ["landlord_id", "report", *columns]
        return joined.groupby(by, observed=True)[["times", "pence"]].sum().reset_index()

    tables = {}
    for name, (rows, columns) in TABLES.items():
        columns = columns.split()
        tables[name] = rolled_up(counted(rows, columns, name), windows, ["window", *columns])
    for name, (rows, chosen, columns) in CHARTED.items():
        columns = columns.split()
        tables[name] = rolled_up(counted(rows, columns, name), charts.assign(period=charts.quarter), [*chosen, *columns])
    still_open = stages[stages.in_time.isin(["open-within-time", "open-overdue"])]
    by = ["landlord_id", "stage", "age", "in_time", "policy_in_time"]
    still_open = still_open.groupby(by, observed=True).size().rename("times").reset_index().assign(pence=0)
    tables["open"] = pandas.concat([still_open.assign(report=report) for report in REPORTS])[["landlord_id", "report", *by[1:], "times", "pence"]]

    def write(folder):
        for name, table in tables.items():
            words = [column for column in table.columns if column not in ("times", "pence")]
            table = table.astype({column: str for column in words}).sort_values(words)
            table.to_csv(f"{folder}/{name}.tsv", sep="\t", header=False, index=False)

    return write


def main(engine, extract, calendar, folder=None):
    __import__(engine)
    begun, used = time.perf_counter(), time.process_time()
    write = {"duckdb": in_duckdb, "pandas": in_pandas}[engine](extract, calendar)
    seconds, processors = time.perf_counter() - begun, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{int(seconds * 1000)} {int(processors * 1000)} {peak}")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        write(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
