using MotCua.Edge.Assembly;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>Hands a request's command to the loop and answers when it is durable.</summary>
internal static class QueueRequests
{
    /// <param name="command">May throw <see cref="BadFieldException"/>.</param>
    public static async Task<IResult> RunAsync(EdgeCentre centre, Func<QueueCommand> command, Func<Outcome.Accepted, IResult> answer, CancellationToken stop)
    {
        QueueCommand asked;
        try
        {
            asked = command();
        }
        catch (BadFieldException e)
        {
            return e.ToProblem();
        }

        return await centre.Loop.SubmitAsync(asked, stop) switch
        {
            Outcome.Accepted accepted => answer(accepted),
            Outcome.Refused refused => Problems.Of(refused),
            Outcome.NotDurable failed => Problems.Of(failed),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    /// <summary>For a command whose caller needs to know only that it happened.</summary>
    public static IResult Done(Outcome.Accepted accepted) => Results.Ok(new DoneAnswer(accepted.Events[^1].Seq));
}
