using MotCua.Edge.Assembly;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using Wire = MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>What a clerk does at a counter.</summary>
internal static class CounterApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        var repeats = new Repeats();
        Plain("next", "Ends the ticket at the counter and calls the next", counter => new CallNext(counter));
        Plain("recall", "Calls the ticket at the counter again", counter => new Recall(counter));
        Plain("done", "Ends the ticket at the counter", counter => new FinishTicket(counter));
        Plain("serve", "The citizen is at the counter", counter => new StartServing(counter));
        Plain("missed", "The citizen did not come, after enough calls", counter => new MarkMissed(counter));
        Plain("free", "Frees a self-service counter and calls the next", counter => new FreeCounter(counter));
        Plain("undo", "Takes the last action at the counter back, within a few seconds", counter => new UndoLast(counter));
        Plain("resume", "Ends the pause of the counter", counter => new ResumeCounter(counter));
        Reasoned("pause", "The counter takes nobody for a while", (counter, body) => new PauseCounter(counter, QueueFields.Reason(body.Reason)));
        Reasoned("park", "Sets the ticket at the counter aside", (counter, body) => new ParkTicket(counter, QueueFields.Reason(body.Reason)));
        Reasoned("call", "Calls this number out of order", (counter, body) => new CallChosen(counter, QueueFields.Number(body.Number), QueueFields.Reason(body.Reason)));
        Reasoned("transfer", "Sends the ticket at the counter to another service, or straight to another counter", Transfer);

        void Plain(string verb, string summary, Func<CounterId, QueueCommand> command) => Described(
            api.MapPost($"/counters/{{number:int}}/{verb}", (HttpContext context, int number) => RunAsync(centre, repeats, context, number, command)), summary);

        void Reasoned(string verb, string summary, Func<CounterId, CounterRequest, QueueCommand> command) => Described(
            api.MapPost($"/counters/{{number:int}}/{verb}", (HttpContext context, int number, CounterRequest body) => RunAsync(centre, repeats, context, number, counter => command(counter, body))),
            summary).ProducesProblem(400);
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder route, string summary) =>
        route.WithSummary(summary)
            .WithDescription("With If-Match and the sight of the counter as it was last shown, it is refused (412) when the counter stands differently now. With an Idempotency-Key it is done once, however often it is sent.")
            .Produces<CounterAnswer>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(503);

    private static QueueCommand Transfer(CounterId from, CounterRequest body) => body.To is { } to
        ? new TransferToCounter(from, QueueFields.Counter(to), QueueFields.Reason(body.Reason))
        : new TransferToService(from, QueueFields.Service(body.Service), QueueFields.Reason(body.Reason));

    private static Task<IResult> RunAsync(EdgeCentre centre, Repeats repeats, HttpContext context, int number, Func<CounterId, QueueCommand> command) =>
        repeats.OnceAsync(context, stop => QueueRequests.RunAsync(centre, () => AsSeen(context, QueueFields.Counter(number), command), accepted => Results.Ok(Describe(number, accepted)), stop));

    // Programs and scripts that saw nothing say nothing, and are taken at their word.
    private static QueueCommand AsSeen(HttpContext context, CounterId counter, Func<CounterId, QueueCommand> command) =>
        context.Request.Headers.IfMatch is [{ } seen] && seen != "*" ? new AsSeen(counter, QueueFields.Sight(seen), command(counter)) : command(counter);

    private static CounterAnswer Describe(int counter, Outcome.Accepted accepted)
    {
        var answer = new CounterAnswer(counter, null, null, null, 0, null, accepted.Events[^1].Seq);
        foreach (var happened in accepted.Events)
        {
            answer = happened.Data switch
            {
                Wire.TicketDone e when e.Counter == counter => answer with { Done = e.Number },
                Wire.TicketMissed e when e.Counter == counter => answer with { Missed = e.Number },
                Wire.TicketCalled e when e.Counter == counter => answer with { Called = e.Number, Calls = 1, Why = e.Why },
                Wire.TicketRecalled e when e.Counter == counter => answer with { Called = e.Number, Calls = e.Call },
                _ => answer,
            };
        }

        return answer;
    }
}
