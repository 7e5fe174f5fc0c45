// A whole case through the types generated for TypeScript: every address, parameter, header and field below is checked against them.
//
// Usage: node walk.js URL KEY, with the generated `api.ts` beside this file.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, operations, paths } from "./api.js";

type Schemas = components["schemas"];
type Done = Schemas["CommandDone"];
type Problem = Schemas["Problem"];

interface Answer<T> {
  data?: T | undefined;
  error?: Problem | undefined;
  response: Response;
}

const [url, key] = process.argv.slice(2);
assert(url && key, "walk.js URL KEY");
const client = createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${key}` } });

const actor = "crm";
const april = (day: number): string => `2025-04-${String(day).padStart(2, "0")}T09:30:00Z`;
const may = (day: number): string => april(day).replace("-04-", "-05-");

function kept<T>({ data, error, response }: Answer<T>): T {
  assert(data !== undefined, `${response.url}: ${response.status} ${error?.code ?? ""} ${error?.detail ?? ""}`);
  return data;
}

function refused<T>({ error }: Answer<T>): Problem {
  assert(error !== undefined, "it was done");
  return error;
}

const reference = `C-${randomUUID()}`;
const received = kept(
  await client.POST("/v1/cases", {
    params: { header: { "Idempotency-Key": randomUUID() } },
    body: {
      actor,
      occurred_at: april(10),
      content: {
        kind: "complaint",
        channel: "email",
        about: "The heating has been off since Monday.",
        stock_type: "lcra",
        event_on: "2025-04-01",
        categories: ["Repairs"],
        residents: [{ person: { name: "Resident A", email: "a@example.org" } }],
        references: [{ system: "crm", value: reference }],
      },
    },
  }),
);
assert.equal(received.case.phase, "received");
const id = received.case.id;
let version = received.case.version;

/** What every command on the case carries beside its body: the version that was seen, and a key of its own. */
const seen = () => ({
  params: { path: { case: id }, header: { "If-Match": `"${version}"`, "Idempotency-Key": randomUUID() } },
});

function done(answer: Answer<Done>, phase: Schemas["Phase"]): void {
  const { case: now, events } = kept(answer);
  assert.equal(now.phase, phase);
  assert.equal(events.at(-1)?.sequence, now.version);
  version = now.version;
}

const acknowledgement = (handler: Schemas["Staff"]): Schemas["Acknowledge"] => ({
  channel: "email",
  points: [{ understanding: "The heating is off.", responsible: true }],
  outcomes_sought: "Heating.",
  handler,
  conflict_of_interest: "none",
});
const response: Schemas["Respond"] = {
  decisions: [{ point: 1, outcome: "not-upheld", reasons: "It was mended on 15 April." }],
  sources: "The visit log.",
};

const accept = { ...seen(), body: { actor, occurred_at: april(11), content: { needs_investigation: true } } };
done(await client.POST("/v1/cases/{case}/accept", accept), "stage-1");
const before = version;
done(await client.POST("/v1/cases/{case}/accept", accept), "stage-1");
assert.equal(version, before, "the same key does it once");

const early = await client.POST("/v1/cases/{case}/close", {
  ...seen(),
  body: { actor, occurred_at: april(11), content: { reason: "answered" } },
});
const problem = refused(early);
assert.equal(problem.code, "closing-too-early");
assert(problem.clause && problem.hint);
const stale = await client.POST("/v1/cases/{case}/close", {
  params: { path: { case: id }, header: { "If-Match": '"999"' } },
  body: { actor, content: { reason: "answered" } },
});
assert.equal(refused(stale).code, "stale");
const blank = await client.POST("/v1/cases/{case}/update-resident", { ...seen(), body: { actor, content: { note: " " } } });
assert.deepEqual(refused(blank).errors?.map((error) => error.pointer), ["/content/note"]);

const officer = acknowledgement({ id: "officer-1", role: "officer", job_title: "Complaints Officer" });
const manager = acknowledgement({ id: "manager-1", role: "manager", job_title: "Tenancy Services Manager" });
done(
  await client.POST("/v1/cases/{case}/acknowledge", { ...seen(), body: { actor, occurred_at: april(14), content: officer } }),
  "stage-1",
);
done(
  await client.POST("/v1/cases/{case}/update-resident", {
    ...seen(),
    body: { actor, occurred_at: april(16), content: { note: "The part has been ordered." } },
  }),
  "stage-1",
);
done(
  await client.POST("/v1/cases/{case}/respond", { ...seen(), body: { actor, occurred_at: april(24), content: response } }),
  "answered-at-stage-1",
);
done(
  await client.POST("/v1/cases/{case}/request-escalation", {
    ...seen(),
    body: { actor, occurred_at: april(28), content: { reasons: "It is still cold." } },
  }),
  "escalation-requested",
);
done(
  await client.POST("/v1/cases/{case}/accept-escalation", { ...seen(), body: { actor, occurred_at: april(29), content: {} } }),
  "stage-2",
);
done(
  await client.POST("/v1/cases/{case}/acknowledge", { ...seen(), body: { actor, occurred_at: april(30), content: manager } }),
  "stage-2",
);
done(
  await client.POST("/v1/cases/{case}/respond", { ...seen(), body: { actor, occurred_at: may(20), content: response } }),
  "answered-at-stage-2",
);
done(
  await client.POST("/v1/cases/{case}/close", {
    ...seen(),
    body: { actor, occurred_at: may(21), content: { reason: "answered" } },
  }),
  "closed",
);

const path = { case: id };
const shown = kept(await client.GET("/v1/cases/{case}", { params: { path } }));
assert.deepEqual([shown.phase, shown.version], ["closed", version]);
const { deadlines } = kept(await client.GET("/v1/cases/{case}/deadlines", { params: { path } }));
assert(deadlines.length > 0 && deadlines.every((deadline) => deadline.sentence && deadline.due_on));
const { letters } = kept(await client.GET("/v1/cases/{case}/letters", { params: { path } }));
assert(letters.length >= 4);
for (const { id: letter } of letters) {
  // It may be a page or an email too; without `format` it is this.
  const { text } = kept(await client.GET("/v1/cases/{case}/letters/{letter}", { params: { path: { ...path, letter } } })) as { text: string };
  assert(text.length > 0);
}
const { events } = kept(await client.GET("/v1/cases/{case}/history", { params: { path } }));
assert.equal(events.length, version);
const query: NonNullable<operations["listEvents"]["parameters"]["query"]> = { case: id };
const fed = kept(await client.GET("/v1/events", { params: { query } }));
assert.deepEqual(fed.events.map((line) => line.event?.sequence), Array.from({ length: version }, (_, place) => place + 1));
const last = fed.events.at(-1)?.event?.event;
assert(last?.type === "closed" && last.reason === "answered");
console.log(`TypeScript: a case from receipt to closing in ${version} events, and read back`);
