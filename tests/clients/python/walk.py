"""A whole case through the generated Python client alone: nothing of the API's addresses, headers or fields is written here by hand.

Usage: walk.py URL KEY, with the generated package `redress_client` on the path.
"""

import datetime
import sys
import uuid

from redress_client import AuthenticatedClient
from redress_client.api.cases import get_case, get_deadlines, get_history, list_cases
from redress_client.api.letters import get_letter, list_letters
from redress_client.api.commands import (
    accept,
    accept_escalation,
    acknowledge,
    assign,
    close,
    receive,
    request_escalation,
    respond,
    update_resident,
)
from redress_client.api.events import list_events
from redress_client.models.accept import Accept
from redress_client.models.accept_body import AcceptBody
from redress_client.models.accept_escalation import AcceptEscalation
from redress_client.models.accept_escalation_body import AcceptEscalationBody
from redress_client.models.acknowledge import Acknowledge
from redress_client.models.acknowledge_body import AcknowledgeBody
from redress_client.models.assign import Assign
from redress_client.models.assign_body import AssignBody
from redress_client.models.case_view import CaseView
from redress_client.models.cases import Cases
from redress_client.models.channel import Channel
from redress_client.models.close import Close
from redress_client.models.close_body import CloseBody
from redress_client.models.closing_reason import ClosingReason
from redress_client.models.closed_event import ClosedEvent
from redress_client.models.command_done import CommandDone
from redress_client.models.conflict_of_interest import ConflictOfInterest
from redress_client.models.deadlines import Deadlines
from redress_client.models.events import Events
from redress_client.models.history import History
from redress_client.models.kind import Kind
from redress_client.models.letter_shown import LetterShown
from redress_client.models.letters import Letters
from redress_client.models.opened_event import OpenedEvent
from redress_client.models.outcome import Outcome
from redress_client.models.person import Person
from redress_client.models.phase import Phase
from redress_client.models.point import Point
from redress_client.models.point_decision import PointDecision
from redress_client.models.problem import Problem
from redress_client.models.receive import Receive
from redress_client.models.receive_body import ReceiveBody
from redress_client.models.reference import Reference
from redress_client.models.request_escalation import RequestEscalation
from redress_client.models.request_escalation_body import RequestEscalationBody
from redress_client.models.resident import Resident
from redress_client.models.respond import Respond
from redress_client.models.respond_body import RespondBody
from redress_client.models.staff import Staff
from redress_client.models.staff_role import StaffRole
from redress_client.models.stock_type import StockType
from redress_client.models.update_resident import UpdateResident
from redress_client.models.update_resident_body import UpdateResidentBody

ACTOR = "crm"


def at(day: int, month: int = 4) -> datetime.datetime:
    return datetime.datetime(2025, month, day, 9, 30, tzinfo=datetime.timezone.utc)


def kept(answer, kind):
    """The answer's body, which must be of that type."""
    assert isinstance(answer.parsed, kind), (answer.status_code, answer.content)
    return answer.parsed


class Walk:
    """One case and the version of it that was seen last."""

    def __init__(self, client: AuthenticatedClient) -> None:
        self.client = client
        self.reference = f"C-{uuid.uuid4()}"
        self.case: uuid.UUID | None = None
        self.version = 0

    def seen(self) -> str:
        return f'"{self.version}"'

    def go(self, operation, body, phase: Phase) -> CommandDone:
        """A command on the case as it was seen, sent twice with one key: it is done once."""
        key = str(uuid.uuid4())
        sent = {"client": self.client, "body": body, "idempotency_key": key}
        if self.case is not None:
            sent |= {"case": self.case, "if_match": self.seen()}
        done = kept(operation.sync_detailed(**sent), CommandDone)
        again = kept(operation.sync_detailed(**sent), CommandDone)
        assert again.case.version == done.case.version, "the second was done too"
        assert done.case.phase == phase, (operation.__name__, done.case.phase)
        assert done.events and done.events[-1].sequence == done.case.version
        self.case, self.version = done.case.id, done.case.version
        return done

    def received(self) -> None:
        content = Receive(
            kind=Kind.COMPLAINT,
            channel=Channel.EMAIL,
            about="The heating has been off since Monday.",
            stock_type=StockType.LCRA,
            event_on=datetime.date(2025, 4, 1),
            categories=["Repairs"],
            residents=[Resident(person=Person(name="Resident A", email="a@example.org"))],
            references=[Reference(system="crm", value=self.reference)],
        )
        self.go(receive, ReceiveBody(actor=ACTOR, occurred_at=at(10), content=content), Phase.RECEIVED)

    def stage_one(self) -> None:
        content = Accept(needs_investigation=True)
        self.go(accept, AcceptBody(actor=ACTOR, occurred_at=at(11), content=content), Phase.STAGE_1)
        self.refused()
        self.acknowledged(at(14), "officer-1", StaffRole.OFFICER, Phase.STAGE_1)
        told = UpdateResident(note="The part has been ordered.")
        self.go(
            update_resident, UpdateResidentBody(actor=ACTOR, occurred_at=at(16), content=told), Phase.STAGE_1
        )
        self.responded(at(24), Phase.ANSWERED_AT_STAGE_1)

    def stage_two(self) -> None:
        asked = RequestEscalation(reasons="It is still cold.")
        body = RequestEscalationBody(actor=ACTOR, occurred_at=at(28), content=asked)
        self.go(request_escalation, body, Phase.ESCALATION_REQUESTED)
        body = AcceptEscalationBody(actor=ACTOR, occurred_at=at(29), content=AcceptEscalation())
        self.go(accept_escalation, body, Phase.STAGE_2)
        self.acknowledged(at(30), "manager-1", StaffRole.MANAGER, Phase.STAGE_2)
        self.responded(at(20, 5), Phase.ANSWERED_AT_STAGE_2)
        content = Close(reason=ClosingReason.ANSWERED)
        self.go(close, CloseBody(actor=ACTOR, occurred_at=at(21, 5), content=content), Phase.CLOSED)

    def acknowledged(self, when: datetime.datetime, handler: str, role: StaffRole, phase: Phase) -> None:
        content = Acknowledge(
            channel=Channel.EMAIL,
            points=[Point(understanding="The heating is off.", responsible=True)],
            outcomes_sought="Heating.",
            handler=Staff(id=handler, role=role, job_title="Complaints"),
            conflict_of_interest=ConflictOfInterest.NONE,
        )
        self.go(acknowledge, AcknowledgeBody(actor=ACTOR, occurred_at=when, content=content), phase)

    def responded(self, when: datetime.datetime, phase: Phase) -> None:
        decision = PointDecision(point=1, outcome=Outcome.NOT_UPHELD, reasons="It was mended on 15 April.")
        content = Respond(decisions=[decision], sources="The visit log.")
        self.go(respond, RespondBody(actor=ACTOR, occurred_at=when, content=content), phase)

    def refused(self) -> None:
        """What the rules do not allow, what has changed, and what says nothing of what it has seen, each as a typed problem."""
        content = Close(reason=ClosingReason.ANSWERED)
        body = CloseBody(actor=ACTOR, occurred_at=at(11), content=content)
        answer = close.sync_detailed(self.case, client=self.client, body=body, if_match=self.seen())
        problem = kept(answer, Problem)
        assert problem.code == "closing-too-early" and problem.clause and problem.hint, problem
        answer = close.sync_detailed(self.case, client=self.client, body=body, if_match='"999"')
        assert kept(answer, Problem).code == "stale"
        officer = Staff(id="officer-1", role=StaffRole.OFFICER)
        taken = Assign(handler=officer, conflict_of_interest=ConflictOfInterest.NONE)
        blind = assign.sync_detailed(
            self.case, client=self.client, body=AssignBody(actor=ACTOR, content=taken), if_match="*"
        )
        assert kept(blind, Problem).code == "version-required"
        wrong = UpdateResident(note=" ")
        answer = update_resident.sync_detailed(
            self.case, client=self.client, body=UpdateResidentBody(actor=ACTOR, content=wrong)
        )
        problem = kept(answer, Problem)
        assert problem.code == "malformed"
        assert [error.pointer for error in problem.errors or []] == ["/content/note"], problem

    def read(self) -> None:
        shown = kept(get_case.sync_detailed(self.case, client=self.client), CaseView)
        assert (shown.phase, shown.version) == (Phase.CLOSED, self.version)
        deadlines = kept(get_deadlines.sync_detailed(self.case, client=self.client), Deadlines).deadlines
        assert deadlines and all(deadline.sentence and deadline.due_on for deadline in deadlines)
        letters = kept(list_letters.sync_detailed(self.case, client=self.client), Letters).letters
        assert len(letters) >= 4, letters
        for heading in letters:
            letter = kept(get_letter.sync_detailed(self.case, heading.id, client=self.client), LetterShown)
            assert letter.text and letter.letter.items
        history = kept(get_history.sync_detailed(self.case, client=self.client), History)
        assert len(history.events) == self.version
        found = kept(list_cases.sync_detailed(client=self.client, reference=f"crm:{self.reference}"), Cases)
        assert len(found.cases) == 1
        fed = kept(list_events.sync_detailed(client=self.client, case=self.case), Events)
        assert [line.event.sequence for line in fed.events] == list(range(1, self.version + 1))
        first, last = fed.events[0].event.event, fed.events[-1].event.event
        assert isinstance(first, OpenedEvent) and first.received.kind == Kind.COMPLAINT
        assert isinstance(last, ClosedEvent) and last.reason == ClosingReason.ANSWERED


def main() -> None:
    url, key = sys.argv[1:]
    with AuthenticatedClient(base_url=url, token=key, raise_on_unexpected_status=True) as client:
        walk = Walk(client)
        walk.received()
        walk.stage_one()
        walk.stage_two()
        walk.read()
        print(f"Python: a case from receipt to closing in {walk.version} events, and read back")


main()
