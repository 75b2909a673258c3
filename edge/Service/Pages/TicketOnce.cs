using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MotCua.Edge.Assembly;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using Wire = MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>One wish, one ticket. A page that got no answer asks again with the same id and gets the ticket that was given, and so it does after a restart.</summary>
/// <remarks>
/// The ticket's secret is made from the id, so the durable state itself knows whose a ticket is; what was asked in this run is remembered as well, since a ticket may be
/// served before its answer has arrived. Nothing is written for it that was not written before.
/// </remarks>
internal sealed class TicketOnce(EdgeCentre centre)
{
    /// <summary>More wishes at once than a hall has fingers. Of more the oldest is forgotten; its ticket is found in the state for as long as it lives.</summary>
    private const int Most = 1_024;

    // A page gives up after less than a minute.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Wish> wishes = new(StringComparer.Ordinal);

    /// <param name="request">The page's id of its wish; null: every request is a wish of its own.</param>
    /// <param name="command">Makes the command with the ticket's secret. May throw <see cref="BadFieldException"/>.</param>
    public async Task<IResult> RunAsync(string? request, Func<FollowToken, QueueCommand> command, CancellationToken stop)
    {
        try
        {
            if (request is null)
            {
                return Answer(await centre.Loop.SubmitAsync(command(centre.Identity.NewToken()), stop));
            }

            var token = TokenOf(request);
            var asked = command(token);
            var (answer, begins) = Join(request);
            if (begins)
            {
                await FulfilAsync(request, answer, token, asked);
            }

            return await answer.Task.WaitAsync(stop) switch
            {
                TicketAnswer ticket => Created(ticket),
                var outcome => Answer((Outcome)outcome),
            };
        }
        catch (BadFieldException e)
        {
            return e.ToProblem();
        }
    }

    private (TaskCompletionSource<object> Answer, bool Begins) Join(string request)
    {
        lock (gate)
        {
            if (wishes.TryGetValue(request, out var known))
            {
                return (known.Answer, false);
            }

            var now = centre.Time.GetTimestamp();
            foreach (var (old, _) in wishes.Where(wish => centre.Time.GetElapsedTime(wish.Value.At, now) > Remembered).ToList())
            {
                wishes.Remove(old);
            }

            if (wishes.Count >= Most)
            {
                wishes.Remove(wishes.MinBy(wish => wish.Value.At).Key);
            }

            var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
            wishes[request] = new Wish(now, answer);
            return (answer, true);
        }
    }

    // Whoever asked may have gone; the ticket is given all the same, so that the next question finds it.
    private async Task FulfilAsync(string request, TaskCompletionSource<object> answer, FollowToken token, QueueCommand command)
    {
        object? told = null;
        try
        {
            told = Given(token) ?? (object)await centre.Loop.SubmitAsync(command, CancellationToken.None);
        }
        finally
        {
            // A refusal may be over the next time; only a ticket is for ever.
            if (told is not (TicketAnswer or Outcome.Accepted))
            {
                lock (gate)
                {
                    wishes.Remove(request);
                }
            }

            answer.TrySetResult(told ?? new Outcome.NotDurable("Máy gặp lỗi khi cấp số. Vui lòng thử lại."));
        }
    }

    private TicketAnswer? Given(FollowToken token)
    {
        var now = centre.Loop.Durable;
        return now.State.Queue.Living.FirstOrDefault(ticket => ticket.Token == token) is { } ticket
            ? new TicketAnswer(ticket.Number.ToString(), ticket.Service.Value, token.Value, QueueNow.AheadOf(now.State.Queue, ticket) ?? 0, ticket.IssuedAt, now.Mark.Seq)
            : null;
    }

    private static FollowToken TokenOf(string request) => request.Length is >= 16 and <= 64 && request.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? new FollowToken(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes("ticket of " + request)).AsSpan(0, 16)))
        : throw new BadFieldException("bad-request-id", "Mã của yêu cầu gồm 16 đến 64 chữ cái, chữ số, '-' hoặc '_', và không đoán được.");

    private static IResult Answer(Outcome outcome) => outcome switch
    {
        Outcome.Accepted accepted => Created(Issued(accepted)),
        Outcome.Refused refused => Problems.Of(refused),
        Outcome.NotDurable failed => Problems.Of(failed),
        _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
    };

    private static IResult Created(TicketAnswer ticket) => Results.Created((string?)null, ticket);

    private static TicketAnswer Issued(Outcome.Accepted accepted)
    {
        foreach (var happened in accepted.Events)
        {
            if (happened.Data is Wire.TicketIssued issued)
            {
                return new TicketAnswer(issued.Number, issued.Service, issued.Token, issued.Ahead, happened.At, happened.Seq);
            }
        }

        throw new System.Diagnostics.UnreachableException("A ticket was accepted without being issued.");
    }

    private readonly record struct Wish(long At, TaskCompletionSource<object> Answer);
}
