using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.State;

namespace MotCua.Edge.Trials;

/// <content>What the desk has of the book on the card, and tells of it.</content>
public sealed partial class ConfigurationDesk
{
    private const string RefusedFault = "config.refused";
    private const string RolledBackFault = "config.rolled-back";
    private const string CardFault = "config.card";

    // What the book knows, and what the journal lacks of it: decided while there was no journal, or it lost it.
    private void CatchUp()
    {
        try
        {
            var state = seam.Book.Read();
            caughtUp = true;
            Tell(state.Last);
            foreach (var line in state.After(loop.Durable.State.Configuration))
            {
                loop.Record(line.Event, light: false);
            }

            fault(CardFault, seam.Starting.Unread is { } why ? $"Máy đang chạy theo tệp tại chỗ vì lúc khởi động không đọc được cấu hình của tỉnh; thẻ nhớ nay đọc được, hãy khởi động lại máy. ({why})" : null);
        }
        catch (IOException e)
        {
            catchUpAt = time.After(AfterRefusingCard);
            fault(CardFault, $"Thẻ nhớ không cho đọc cấu hình của tỉnh; thay thẻ nhớ rồi khởi động lại máy. ({e.Message})");
        }
    }

    /// <exception cref="IOException">The card refused; nothing has changed.</exception>
    private void Close(TrialState state, bool record = true)
    {
        seam.Book.Write(state);
        Tell(state.Last);
        if (record)
        {
            loop.Record(state.Last!.Event, light: false);
        }
    }

    private void Tell(TrialOutcome? last)
    {
        Volatile.Write(ref said, last is null ? null : new BirthConfiguration(last.Revision, last.Hash, last.Outcome));
        fault(RefusedFault, last is { Outcome: ConfigurationOutcome.Refused } ? last.Errors.Count > 0 ? last.Errors[0] : last.Reason : null);
        fault(RolledBackFault, last is { Outcome: ConfigurationOutcome.RolledBack } ? last.Reason : null);
    }

    private bool IsTold()
    {
        try
        {
            return seam.Book.Read().Last is not { } last || ConfigurationMark.Of(last.Event).SaysAs(loop.Durable.State.Configuration);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
