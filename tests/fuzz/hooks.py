"""What the fuzzer is told of the service: ids of things that are there, and which findings are none."""

import json
import os
import re
import urllib.request
import uuid
import zlib

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi.checks import RejectedPositiveData

URL, KEY = os.environ["REDRESS_FUZZ_URL"], os.environ["REDRESS_FUZZ_KEY"]
with open(os.environ["REDRESS_FUZZ_SEEDS"], encoding="utf-8") as file:
    # By the parameters of an address, in order of the alphabet: values that lead somewhere.
    SEEDS = json.load(file)

# Every so many requests of the right form keep the id that was made up for them.
MADE_UP = 8
# What is refused with 422 though the form is right, since no schema can say it: all errors of the answer stand here.
BEYOND_SCHEMAS = {
    ("parameter", "after"): "it is the `next` or the `last` of an answer, to the same question",
    ("parameter", "to"): "it is not before `from`, nor too far from it",
    ("pointer", "/expires_at"): "it is yet to come",
}
# The same, at one operation alone.
BEYOND_SCHEMA_OF = {
    "GET /v1/calendar/due": {("parameter", "count"): "the days counted are ones whose bank holidays are known"},
    "POST /v1/webhooks": {("pointer", "/url"): "it leads to where everybody can connect"},
    "PUT /v1/webhooks/{webhook}": {("pointer", "/url"): "it leads to where everybody can connect"},
    "POST /v1/webhooks/{webhook}/replay": {("pointer", "/after"): "there is this or `since`, and not both"},
}
TAGS = re.compile(r'\*|(W/)?"[!#-~]*"([ \t]*,[ \t]*(W/)?"[!#-~]*")*')


def is_wrong(case, location):
    """Whether the fuzzer made this part of the request wrong on purpose."""
    if case.meta is None or case.meta.generation.mode.is_positive:
        return False
    component = case.meta.components.get(location)
    return component is not None and component.mode.is_negative


def tag_of(case):
    """The ETag that a case has now."""
    headers = {"Authorization": f"Bearer {KEY}"}
    with urllib.request.urlopen(urllib.request.Request(f"{URL}/v1/cases/{case}", headers=headers)) as answer:
        return answer.headers["ETag"]


@schemathesis.hook
def before_call(context, case, kwargs):
    """Leads a request of the right form to what is there, and has it not wait."""
    values = SEEDS.get(",".join(sorted(case.path_parameters or {})))
    # The same request goes to the same place in every run: ids are told apart by their order, not by their value.
    chosen = zlib.crc32(repr((case.operation.label, case.body, case.query)).encode())
    led = bool(values and chosen % MADE_UP and not is_wrong(case, ParameterLocation.PATH))
    if led:
        case.path_parameters.update(values[chosen % len(values)])
    if case.query and not is_wrong(case, ParameterLocation.QUERY) and "wait" in case.query:
        case.query["wait"] = 0
    if case.headers and not is_wrong(case, ParameterLocation.HEADER):
        lead_by_headers(case, chosen, led)


def lead_by_headers(case, chosen, led):
    """Every key is one request's. What is to be replaced is, every other time, what is there."""
    headers = case.headers
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = str(uuid.uuid4())
    if "If-Match" in headers and led and chosen % 2 and set(case.path_parameters) == {"case"}:
        headers["If-Match"] = tag_of(case.path_parameters["case"])
    for name in ("If-Match", "If-None-Match"):
        # The fuzzer leaves out of account a header's pattern that wants quotation marks, and makes up what it forbids.
        if name in headers and not TAGS.fullmatch(headers[name]):
            headers[name] = "*" if case.method == "PUT" else '"3"'


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Whether it is a finding: not where a request of the right form says what no schema can forbid."""
    if not isinstance(failure, RejectedPositiveData) or response.status_code != 422:
        return True
    errors = response.json().get("errors", [])
    named = {(kind, error[kind]) for error in errors for kind in ("parameter", "pointer") if kind in error}
    beyond = BEYOND_SCHEMAS.keys() | BEYOND_SCHEMA_OF.get(case.operation.label, {}).keys()
    return not (errors and len(named) == len(errors) and named <= beyond)
