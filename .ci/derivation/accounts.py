"""Where every row of the extract went: into which period's figures, or for which reason into none."""

from . import periods
from .volumes import slug

OUTSIDE, LATER = "of a period outside the report", "dated after the report"
CHARTED = "of an earlier quarter, in the control charts alone"

# The day that places the rows of a table.
DAYS = {"cases": "received_on", "refusals": "refused_on", "escalations": "requested_on", "remedies": "offered_on", "failure-orders": "issued_on",
        "findings": "determined_on", "learning": "recorded_on", "surveys": "answered_on", "risks": "aware_on", "extensions": "decided_on",
        "restrictions": "since_on", "equality": "received_on"}

REMARKED = ("represented", "anonymous", "adjustments > 0", "vulnerable", "hazard", "third_party", "residents > 1", "reopened > 0",
            "directed_on <= {as_of}", "from_service_request")


def all_of(rows, table):
    """The landlord's rows of a table, those of after the report's date too."""
    return f"(SELECT * FROM all_{table.replace('-', '_')} WHERE landlord_id = '{rows.landlord}')"


def quoted(words):
    """Words in SQL."""
    return f"'{words}'"


def placed(day, outside=f"'{OUTSIDE}'"):
    """SQL for the place of a row of a day."""
    return f"CASE WHEN {day} > {{as_of}} THEN '{LATER}' ELSE coalesce((SELECT period FROM windows WHERE {day} BETWEEN first AND last), {outside}) END"


def outside_of_stages(rows, day):
    """SQL for why a stage of another period is in no figure: the control charts may have it."""
    before, _ = periods.charted(rows.asked)
    spans = " OR ".join(f"{day} BETWEEN '{first}' AND '{last}'" for first, last in before)
    return f"CASE WHEN {spans} THEN '{CHARTED}' ELSE '{OUTSIDE}' END"


def stages(rows):
    """SQL for all stages, with the complaint of each and their place."""
    place = lambda outside: (f"CASE WHEN coalesce((SELECT triage FROM cases k WHERE k.case_id = s.case_id), c.triage) = 'refused' THEN 'of a refused complaint' "
                             f"ELSE {placed('s.requested_on', outside)} END")
    return (f"(SELECT s.*, c.withdrawn_on, c.closed_on, {place(outside_of_stages(rows, 's.requested_on'))} AS place, "
            f"{place(quoted(OUTSIDE))} AS plain_place FROM {all_of(rows, 'stages')} s JOIN {all_of(rows, 'cases')} c USING (case_id))")


def homes(rows):
    """SQL for the places of homes: those that the report goes by, and no earlier count of the same type."""
    first = rows.own[0]
    used = f"year_start = '{first}'" if rows.is_of_year else f"year_start <= '{first}' AND year_start > '{periods.months_from(first, -24)}'"
    return (f"SELECT CASE WHEN NOT ({used}) THEN '{OUTSIDE}' WHEN year_start < max(year_start) FILTER ({used}) OVER (PARTITION BY stock_type) "
            f"THEN 'of homes that were counted again since' ELSE 'now' END FROM {all_of(rows, 'stock')}")


def places(rows):
    """SQL for the places of the rows of each table."""
    found = {table: f"SELECT {placed(day)} FROM {all_of(rows, table)}" for table, day in DAYS.items()}
    found["stages"] = f"SELECT place FROM {stages(rows)}"
    found["stock"] = homes(rows)
    found["actions"] = f"SELECT CASE WHEN due_on > {{as_of}} THEN 'not due yet' ELSE {placed('due_on')} END FROM {all_of(rows, 'actions')}"
    found["categories"] = (f"SELECT coalesce(plain_place, 'of a case without a stage 1') FROM {all_of(rows, 'categories')} c "
                           f"LEFT JOIN {stages(rows)} s ON s.case_id = c.case_id AND s.stage = 1")
    found["orders"] = (f"SELECT {placed('determined_on')} FROM {all_of(rows, 'orders')} "
                       f"JOIN (SELECT case_id, reference, min(determined_on) AS determined_on FROM {all_of(rows, 'findings')} GROUP BY ALL) USING (case_id, reference)")
    return found


def known(day):
    """SQL for a day, unless it lies after the report's date."""
    return f"CASE WHEN {day} <= {{as_of}} THEN {day} END"


def counted_besides(rows):
    """SQL for the places of what is counted out of those rows besides."""
    amounts = " UNION ALL ".join(f"SELECT {placed('offered_on')} FROM {all_of(rows, 'remedies')} WHERE {column} <> 0"
                                 for column in ("pence", "paid_pence", "offset_pence"))
    remarks = " UNION ALL ".join(
        f"SELECT CASE WHEN kind <> '{kind}' AND place IN (SELECT period FROM windows) THEN 'of a case of another kind' ELSE place END FROM "
        f"(SELECT *, {placed('received_on')} AS place FROM {all_of(rows, 'cases')}) WHERE {condition}"
        for condition, kind in (*((condition, "complaint") for condition in REMARKED), ("became_complaint", "service-request")))
    gone = f"({known('withdrawn_on')} IS NOT NULL AND ({known('responded_on')} IS NULL OR responded_on > withdrawn_on))"
    of_stage = (f"CASE WHEN place IN ('{LATER}', 'of a refused complaint') THEN place WHEN {gone} THEN 'withdrawn before the answer' WHEN {known('responded_on')} IS NOT NULL THEN 'answered' "
                f"WHEN {known('closed_on')} IS NOT NULL THEN 'closed without an answer' ELSE 'to-date' END")
    in_window = f"(place = '{CHARTED}' OR place IN (SELECT period FROM windows))"
    waits = (f"SELECT CASE WHEN {in_window} AND {known('acknowledged_on')} IS NULL THEN 'not over yet' ELSE place END FROM {stages(rows)} UNION ALL "
             f"SELECT CASE WHEN {in_window} AND {gone} THEN 'withdrawn before the answer' WHEN {in_window} AND {known('responded_on')} IS NULL THEN 'not over yet' "
             f"ELSE place END FROM {stages(rows)}")
    to_do = lambda table, done, made: (f"SELECT CASE WHEN NOT ({made}) THEN '{LATER}' WHEN {known(done)} IS NULL THEN 'to-date' ELSE 'done' END "
                                       f"FROM {all_of(rows, table)} t")
    determined = f"(SELECT min(determined_on) FROM {all_of(rows, 'findings')} f WHERE f.case_id = t.case_id AND f.reference = t.reference) <= {{as_of}}"
    outstanding = " UNION ALL ".join((to_do("actions", "done_on", "TRUE"), to_do("orders", "complied_on", determined),
                                      to_do("failure_orders", "complied_on", "issued_on <= {as_of}")))
    return {"amounts": amounts, "remarks": remarks, "open-stages": f"SELECT {of_stage} FROM {stages(rows)}", "waits": waits, "outstanding": outstanding}


def derive(rows):
    """The accounts of all rows, and of what is counted out of them."""
    found = {}
    for table, sources, windows in (("reconciliation", places(rows), list(rows.windows)), ("derived", counted_besides(rows), [*rows.windows, "to-date"])):
        for source, sql in sources.items():
            of = rows.counts(f"SELECT place, count(*) FROM ({sql}) AS placed(place) GROUP BY 1")
            found |= {f"{table}.{source}.rows": of.of(), f"{table}.{source}.left-out": of.of() - sum(of.of(window) for window in windows)}
            found |= {f"{table}.{source}.{window}": of.of(window) for window in windows}
            found |= {f"left-out.{source}-{slug(reason)}.rows": count for (reason,), count in of.items() if reason not in windows}
    return found
