"""What the fuzzer is told of the service: ids of things that are there, and which findings are none."""

import json
import os
import re
import urllib.request
import uuid
import zlib

import schemathesis
from hypothesis import strategies
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi.checks import RejectedPositiveData

URL, KEY = os.environ["REDRESS_FUZZ_URL"], os.environ["REDRESS_FUZZ_KEY"]
with open(os.environ["REDRESS_FUZZ_SEEDS"], encoding="utf-8") as file:
    # By the parameters of an address, in order of the alphabet: values that lead somewhere.
    SEEDS = json.load(file)

# Bodies that are files: what is of that kind by its bytes, and now and then what is not.
FILES = {
    "application/pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU",
    "text/plain": "What was said on the telephone: £5.\n".encode(),
    "text/csv": "Case Number,Received\nF-1,03/03/2025\n".encode(),
    "application/x-ndjson": b'{"Case Number": "F-2", "Received": "2025-03-03"}\n',
}
DOCUMENT = json.load(open(os.environ["REDRESS_FUZZ_DOCUMENT"], encoding="utf-8"))
for path in DOCUMENT["paths"].values():
    for operation in path.values():
        for kind, media in operation.get("requestBody", {}).get("content", {}).items():
            if media.get("schema", {}).get("format") == "binary":
                file = strategies.just(FILES.get(kind, b"\0")) | strategies.binary(max_size=200)
                schemathesis.openapi.media_type(kind, file)

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
    "GET /v1/cases": {("parameter", "as_of"): "it is not past, since a list knows how things stand now alone"},
    "GET /v1/due": {("parameter", "as_of"): "it is not past, since a list knows how things stand now alone"},
    "POST /v1/cases/search": {
        ("pointer", "/as_of"): "it is not past, since a list knows how things stand now alone",
        ("pointer", "/after"): "it is the `next` of an answer to the same question",
    },
    "GET /v1/calendar/due": {("parameter", "count"): "the days counted are ones whose bank holidays are known"},
    "POST /v1/webhooks": {("pointer", "/url"): "it leads to where everybody can connect"},
    "PUT /v1/webhooks/{webhook}": {("pointer", "/url"): "it leads to where everybody can connect"},
    "POST /v1/webhooks/{webhook}/replay": {("pointer", "/after"): "there is this or `since`, and not both"},
    "PUT /v1/imports/{import}/file": {("pointer", ""): "it has the columns that the import's mapping names"},
    "POST /v1/cases/{case}/documents": {
        ("parameter", "resident"): "the case has so many residents",
        ("header", "content-disposition"): "it is written as RFC 6266 has it",
        ("pointer", ""): "the file has something in it",
    },
}
# The same, of every place below one: the parts of a mapping hang on each other.
BEYOND_SCHEMA_BELOW = {"POST /v1/imports": ("/mapping",)}
# What is refused with another status though the form is right: a file that is not what it is declared to be, a part that it has not.
BEYOND_STATUS = {
    "POST /v1/cases/{case}/documents": {415: "document-type"},
    "GET /v1/cases/{case}/documents/{document}/content": {416: "range-not-satisfiable"},
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
    if isinstance(case.body, dict) and not is_wrong(case, ParameterLocation.BODY):
        lead_by_body(case, chosen)


def lead_by_headers(case, chosen, led):
    """Every key is one request's. What is to be replaced is, every other time, what is there."""
    headers = case.headers
    if "Content-Disposition" in headers and chosen % MADE_UP:
        headers["Content-Disposition"] = "attachment; filename*=UTF-8''visits%20in%20May.pdf"
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = str(uuid.uuid4())
    if "If-Match" in headers and led and chosen % 2 and set(case.path_parameters) == {"case"}:
        headers["If-Match"] = tag_of(case.path_parameters["case"])
    for name in ("If-Match", "If-None-Match"):
        # The fuzzer leaves out of account a header's pattern that wants quotation marks, and makes up what it forbids.
        if name in headers and not TAGS.fullmatch(headers[name]):
            headers[name] = "*" if case.method == "PUT" else '"3"'


def lead_by_body(case, chosen):
    """Puts in what is there and goes together, where parts of a body hang on each other or on what there is."""
    body = case.body
    if "people" in body and case.operation.path.startswith("/v1/residents/"):
        for place, somebody in enumerate(body["people"]):
            # Somebody is one of the case's residents, or speaks for them.
            if bool(somebody.get("representative")) == (somebody.get("resident") is not None):
                somebody.update({"resident": 1 + chosen % 3, "representative": False})
            if chosen % MADE_UP:
                somebody["case"] = SEEDS["case"][(chosen + place) % len(SEEDS["case"])]["case"]
    elif case.operation.path == "/v1/residents/search" and not any(body.values()):
        body["name"] = "Resident"
    elif case.operation.label == "POST /v1/imports" and chosen % MADE_UP:
        made_up = body.get("mapping") or {}
        mapping = dict(DOCUMENT["paths"]["/v1/imports"]["post"]["requestBody"]["content"]["application/json"]["example"]["mapping"])
        # What can be anything by itself stays as it was made up.
        mapping.update({name: made_up[name] for name in ("empty", "yes", "no", "money") if name in made_up})
        case.body = {"mapping": mapping}


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Whether it is a finding: not where a request of the right form says what no schema can forbid."""
    label = case.operation.label
    if not isinstance(failure, RejectedPositiveData):
        return True
    if response.status_code in BEYOND_STATUS.get(label, {}):
        return response.json().get("code") != BEYOND_STATUS[label][response.status_code]
    if response.status_code != 422:
        return True
    errors = response.json().get("errors", [])
    places = ("parameter", "pointer", "header")
    named = {(kind, error[kind]) for error in errors for kind in places if kind in error}
    beyond = BEYOND_SCHEMAS.keys() | BEYOND_SCHEMA_OF.get(label, {}).keys()
    below = BEYOND_SCHEMA_BELOW.get(label, ())
    expected = [place in beyond or place[0] == "pointer" and place[1].startswith(below) for place in named]
    return not (errors and all(expected))
