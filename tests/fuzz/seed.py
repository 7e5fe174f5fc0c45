"""Puts cases before the fuzzer, at every step of the procedure, by the examples and addresses of the API's own description.

Usage: seed.py URL KEY FILE: FILE gets the ids of what there is.
"""

import json
import sys
import urllib.error
import urllib.request

URL, KEY, FILE = sys.argv[1:]


def ask(method, address, body=None, file=None, **headers):
    data = file if file is not None else None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"} | headers
    try:
        with urllib.request.urlopen(urllib.request.Request(URL + address, data, headers, method=method)) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        sys.exit(f"{method} {address}: {error.read().decode()}")


DOCUMENT = ask("GET", "/openapi.json")


def example(address):
    return DOCUMENT["paths"][address]["post"]["requestBody"]["content"]["application/json"]["example"]["content"]


def command(case, verb, at, **fields):
    content = example(f"/v1/cases/{{case}}/{verb}") | fields
    body = {"actor": "officer-7", "occurred_at": at, "content": content}
    return ask("POST", f"/v1/cases/{case}/{verb}", body)["case"]["id"]


NOT_UPHELD = [{"point": point, "outcome": "not-upheld", "reasons": "It works."} for point in (1, 2)]
STEPS = [
    ("accept", "2025-04-23T09:00:00Z", {}),
    ("acknowledge", "2025-04-24T09:00:00Z", {}),
    ("update-resident", "2025-04-28T09:00:00Z", {}),
    ("respond", "2025-05-06T09:00:00Z", {}),
    ("request-escalation", "2025-05-12T09:00:00Z", {}),
    ("accept-escalation", "2025-05-13T09:00:00Z", {}),
    ("acknowledge", "2025-05-14T09:00:00Z", {"handler": {"id": "berta", "role": "senior-manager"}}),
    ("respond", "2025-06-10T09:00:00Z", {"decisions": NOT_UPHELD, "remedies": [], "actions": []}),
    ("close", "2025-06-11T09:00:00Z", {}),
]


def receive(number, **fields):
    content = example("/v1/cases") | {"references": [{"system": "crm", "value": f"C-{number}"}]} | fields
    body = {"actor": "crm", "occurred_at": "2025-04-22T09:00:00Z", "content": content}
    return ask("POST", "/v1/cases", body)["case"]["id"]


def cases():
    for done in range(len(STEPS) + 1):
        for twin in range(3):
            case = receive(10 * done + twin)
            for verb, at, fields in STEPS[:done]:
                command(case, verb, at, **fields)
            yield case
    for number in range(900, 903):
        yield receive(number, kind="service-request")


def records(value):
    """The ids of the words that an event refers to."""
    if isinstance(value, dict):
        if isinstance(value.get("record"), str):
            yield value["record"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from records(part)


def mapped(number):
    """An import with its mapping; every other one has its file too."""
    example = DOCUMENT["paths"]["/v1/imports"]["post"]["requestBody"]["content"]["application/json"]["example"]
    columns = {"references.0.value": "Case Number", "received": "Received"}
    one = ask("POST", "/v1/imports", {"mapping": example["mapping"] | {"columns": columns, "values": {}}})["id"]
    if number % 2:
        file = "Case Number,Received\nF-1,03/03/2025\n".encode()
        ask("PUT", f"/v1/imports/{one}/file", file=file, **{"Content-Type": "text/csv"})
    return one


def attach(case):
    kind = {"Content-Type": "text/plain", "Content-Disposition": "attachment; filename=note.txt"}
    return ask("POST", f"/v1/cases/{case}/documents", file=b"Said on the telephone.\n", **kind)["id"]


def issue(case, letter):
    return ask("POST", f"/v1/cases/{case}/letters/{letter['id']}/issue", {})["issued"][0]["id"]


def main():
    there = [str(case) for case in cases()]
    keys = [ask("POST", "/v1/keys", {"name": f"fuzz {number}", "role": "auditor"}) for number in range(6)]
    webhooks = [ask("POST", "/v1/webhooks", {"url": "https://crm.example.org/redress"})["webhook"]["id"] for _ in range(6)]
    deliveries = [{"webhook": webhook, "delivery": ask("POST", f"/v1/webhooks/{webhook}/test")["id"]} for webhook in webhooks]
    histories = {case: ask("GET", f"/v1/cases/{case}/history") for case in there[::3]}
    letters = {case: ask("GET", f"/v1/cases/{case}/letters")["letters"] for case in there[::3]}
    imports = [mapped(number) for number in range(4)]
    attached = [{"case": case, "document": attach(case)} for case in there[:6]]
    issued = [{"case": case, "issued": issue(case, all[0])} for case, all in letters.items() if all]
    policies = [policy["policy"] for policy in ask("GET", "/v1/policies")["policies"]]
    editions = [edition["id"] for edition in ask("GET", "/v1/codes")["codes"]]
    seeds = {
        "case": [{"case": case} for case in there],
        "case,letter": [{"case": case, "letter": one["id"]} for case in letters for one in letters[case]],
        "case,record": [{"case": case, "record": one} for case in histories for one in records(histories[case])],
        "system,value": [{"system": "crm", "value": f"C-{number}"} for number in range(0, 90, 10)],
        "case,document": attached,
        "case,issued": issued,
        "import": [{"import": one} for one in imports],
        "key": [{"key": key["key"]["id"]} for key in keys],
        "webhook": [{"webhook": webhook} for webhook in webhooks],
        "delivery,webhook": deliveries,
        "policy": [{"policy": policy} for policy in policies],
        "edition": [{"edition": edition} for edition in editions],
        "code": [{"code": code["code"]} for code in ask("GET", "/problems")["problems"][:20]],
        "file": [{"file": file} for file in ("index.html", "index.css", "swagger-initializer.js", "favicon-16x16.png")],
    }
    empty = [name for name, values in seeds.items() if not values]
    assert not empty, empty
    with open(FILE, "w", encoding="utf-8") as file:
        json.dump(seeds, file)
    print(f"{len(there)} cases, {len(seeds['case,letter'])} letters, {len(seeds['case,record'])} records")


main()
