using System.Text.Json;
using MotCua.CloudBridge.Store;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;

namespace MotCua.CloudBridge.Ledger;

/// <summary>What a centre said at its last connection that it has.</summary>
internal static class SaidAtBirth
{
    /// <returns>Each journal with its newest event; none where the birth cannot be read.</returns>
    public static IEnumerable<(LogId Log, long Last)> Of(Fact fact)
    {
        BirthMessage? birth = null;
        try
        {
            birth = fact.Body is { } body ? JsonSerializer.Deserialize(body.Span, StateJson.Default.BirthMessage) : null;
        }
        catch (JsonException)
        {
            // Of an older or newer program: the centre will say it again.
        }

        foreach (var one in birth?.Epochs ?? [])
        {
            if (one.To is >= 0 and <= LedgerDay.Most && EpochId.TryParse(one.Epoch, out var epoch))
            {
                yield return (new LogId(fact.Key.Centre, epoch), one.To);
            }
        }
    }
}
