// A whole case through the generated C# client alone: nothing of the API's addresses, headers or fields is written here by hand.
//
// Usage: mono Walk.exe URL KEY, compiled with the generated files.

using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Redress.Client.Api;
using Redress.Client.Client;
using Redress.Client.Model;

/// <summary>One case and the version of it that was seen last.</summary>
class Walk
{
    const string Actor = "crm";

    readonly CommandsApi commands;
    readonly CasesApi cases;
    readonly LettersApi letters;
    readonly EventsApi events;
    readonly string reference = "C-" + Guid.NewGuid();
    Guid id;
    long version;

    Walk(Configuration configuration)
    {
        commands = new CommandsApi(configuration);
        cases = new CasesApi(configuration);
        letters = new LettersApi(configuration);
        events = new EventsApi(configuration);
    }

    static int Main(string[] arguments)
    {
        // What is null stands as if it had been left out: the generator takes an id that can be null for one that cannot.
        JsonConvert.DefaultSettings = () => new JsonSerializerSettings { NullValueHandling = NullValueHandling.Ignore };
        var walk = new Walk(new Configuration { BasePath = arguments[0], AccessToken = arguments[1] });
        walk.Received();
        walk.StageOne();
        walk.StageTwo();
        walk.Read();
        Console.WriteLine($"C#: a case from receipt to closing in {walk.version} events, and read back");
        return 0;
    }

    static DateTime At(int day, int month = 4) => new DateTime(2025, month, day, 9, 30, 0, DateTimeKind.Utc);

    static void Check(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }

    string Seen() => $"\"{version}\"";

    /// <summary>A command on the case as it was seen, sent twice with one key: it is done once.</summary>
    void Go(Func<string, string, CommandDone> command, Phase phase)
    {
        string key = Guid.NewGuid().ToString(), seen = Seen();
        var done = command(key, seen);
        var again = command(key, seen);
        Check(again.Case.VarVersion == done.Case.VarVersion, "the second was done too");
        Check(done.Case.Phase == phase, $"{done.Case.Phase} where {phase} was expected");
        Check(done.Events.Last().Sequence == done.Case.VarVersion, "the last event is not the version");
        id = done.Case.Id;
        version = done.Case.VarVersion;
    }

    static Problem Refused(Func<object> operation)
    {
        try
        {
            operation();
        }
        catch (ApiException refusal)
        {
            return JsonConvert.DeserializeObject<Problem>((string)refusal.ErrorContent);
        }
        throw new InvalidOperationException("it was done");
    }

    void Received()
    {
        var content = new Receive(
            kind: Kind.Complaint,
            channel: Channel.Email,
            about: "The heating has been off since Monday.",
            stockType: StockType.Lcra,
            eventOn: new DateTime(2025, 4, 1),
            categories: new List<string> { "Repairs" },
            residents: new List<Resident> { new Resident(person: new Person(name: "Resident A", email: "a@example.org")) },
            references: new List<Reference> { new Reference(varSystem: "crm", value: reference) });
        Go((key, seen) => commands.Receive(new ReceiveRequest(Actor, content, At(10)), key), Phase.Received);
    }

    void StageOne()
    {
        var accepted = new AcceptRequest(Actor, new Accept(needsInvestigation: true), At(11));
        Go((key, seen) => commands.Accept(id, accepted, key, seen), Phase.Stage1);
        RefusedAsTheyShould();
        Acknowledged(At(14), "officer-1", StaffRole.Officer, Phase.Stage1);
        var told = new UpdateResidentRequest(Actor, new UpdateResident(note: "The part has been ordered."), At(16));
        Go((key, seen) => commands.UpdateResident(id, told, key, seen), Phase.Stage1);
        Responded(At(24), Phase.AnsweredAtStage1);
    }

    void StageTwo()
    {
        var asked = new RequestEscalationRequest(Actor, new RequestEscalation(reasons: "It is still cold."), At(28));
        Go((key, seen) => commands.RequestEscalation(id, asked, key, seen), Phase.EscalationRequested);
        var taken = new AcceptEscalationRequest(Actor, new AcceptEscalation(), At(29));
        Go((key, seen) => commands.AcceptEscalation(id, taken, key, seen), Phase.Stage2);
        Acknowledged(At(30), "manager-1", StaffRole.Manager, Phase.Stage2);
        Responded(At(20, 5), Phase.AnsweredAtStage2);
        var closing = new CloseRequest(Actor, new Close(ClosingReason.Answered), At(21, 5));
        Go((key, seen) => commands.Close(id, closing, key, seen), Phase.Closed);
    }

    void Acknowledged(DateTime when, string handler, StaffRole role, Phase phase)
    {
        var content = new Acknowledge(
            channel: Channel.Email,
            points: new List<Point> { new Point(understanding: "The heating is off.", responsible: true) },
            outcomesSought: "Heating.",
            handler: new Staff(id: handler, role: role, jobTitle: "Complaints"),
            conflictOfInterest: ConflictOfInterest.None);
        Go((key, seen) => commands.Acknowledge(id, new AcknowledgeRequest(Actor, content, when), key, seen), phase);
    }

    void Responded(DateTime when, Phase phase)
    {
        var decision = new PointDecision(point: 1, outcome: Outcome.NotUpheld, reasons: "It was mended on 15 April.");
        var content = new Respond(decisions: new List<PointDecision> { decision }, sources: "The visit log.");
        Go((key, seen) => commands.Respond(id, new RespondRequest(Actor, content, when), key, seen), phase);
    }

    /// <summary>What the rules do not allow, what has changed, and what is wrong, each as a problem that can be read.</summary>
    void RefusedAsTheyShould()
    {
        var closing = new CloseRequest(Actor, new Close(ClosingReason.Answered), At(11));
        var early = Refused(() => commands.Close(id, closing, ifMatch: Seen()));
        Check(early.Code == "closing-too-early" && early.Clause != null && early.Hint != null, early.ToJson());
        var stale = Refused(() => commands.Close(id, closing, ifMatch: "\"999\""));
        Check(stale.Code == "stale", stale.ToJson());
        var assignment = new Assign(
            handler: new Staff(id: "officer-1", role: StaffRole.Officer), conflictOfInterest: ConflictOfInterest.None);
        var blind = Refused(() => commands.Assign(id, "*", new AssignRequest(Actor, assignment)));
        Check(blind.Code == "version-required", blind.ToJson());
        var blank = Refused(() => commands.UpdateResident(id, new UpdateResidentRequest(Actor, new UpdateResident(note: " "))));
        Check(blank.Code == "malformed", blank.ToJson());
        Check(blank.Errors.Select(error => error.Pointer).SequenceEqual(new[] { "/content/note" }), blank.ToJson());
    }

    void Read()
    {
        var shown = cases.GetCase(id);
        Check(shown.Phase == Phase.Closed && shown.VarVersion == version, shown.ToJson());
        // Both of the forms that a moment has: a day, and an instant.
        foreach (var moment in new[] { "2999-12-31", "2999-12-31T09:30:00Z" })
            Check(cases.GetCase(id, asOf: moment).VarVersion == version, moment);
        var deadlines = cases.GetDeadlines(id).VarDeadlines;
        Check(deadlines.Count > 0 && deadlines.All(due => due.Sentence != "" && due.DueOn.Year == 2025), "deadlines");
        var issued = letters.ListLetters(id).VarLetters;
        Check(issued.Count >= 4, "letters");
        foreach (var heading in issued)
        {
            var letter = letters.GetLetter(id, heading.Id);
            Check(letter.Text != "" && letter.Letter.Items.Count > 0, heading.Id);
        }
        Check(cases.GetHistory(id).Events.Count == version, "history");
        Check(cases.ListCases(reference: "crm:" + reference).VarCases.Count == 1, "the case by its reference");
        var fed = events.ListEvents(varCase: id).VarEvents;
        Check(fed.Select(line => line.Event.Sequence).SequenceEqual(Enumerable.Range(1, (int)version).Select(n => (long)n)), "feed");
        var opened = fed.First().Event.Event.GetOpenedEvent();
        Check(opened.Received.Kind == Kind.Complaint, opened.ToJson());
        var closed = fed.Last().Event.Event.GetClosedEvent();
        Check(closed.Reason == ClosingReason.Answered, closed.ToJson());
    }
}
