using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Announcing;

/// <summary>Hands texts to the voice and writes down, as one light event each, what became of them.</summary>
/// <param name="record">Where events go; returns at once.</param>
public sealed class VoiceDesk(Action<EventData> record)
{
    /// <summary>So many pieces of texts may wait at a time, a half of the voice's queue; guidance that waits keeps no notice out.</summary>
    public const int MostPieces = Announcer.Capacity / 2;

    /// <summary>What became of a text that was taken back before its end.</summary>
    public const string Cancelled = "cancelled";

    private readonly Lock gate = new();
    private readonly List<Open> open = [];

    /// <summary>The voice; set once, while the centre is put together.</summary>
    public Announcer? Announcer { get; set; }

    /// <summary>Raised when the last piece of a text was answered, from any thread, with what became of it.</summary>
    public event Action<SpokenText, string>? Ended;

    /// <returns>False: too much waits to be said.</returns>
    public bool TrySay(SpokenText text)
    {
        lock (gate)
        {
            if (text.Pieces.Count == 0 || open.Where(o => o.Text.Kind <= text.Kind).Sum(o => o.Left) + text.Pieces.Count > MostPieces)
            {
                return false;
            }

            open.Add(new Open(text));
        }

        var said = text.Pieces.TakeWhile(Announcer!.Say).Count();
        if (said < text.Pieces.Count)
        {
            // Only calls wait there. The piece that found no room was answered; the others are worth nothing without it.
            Announcer.Withdraw(text.Id);
            foreach (var piece in text.Pieces.Skip(said + 1))
            {
                Said(piece, new SpeechReceipt(Delivery.Failed));
            }
        }

        return true;
    }

    /// <returns>False when it was said already, or never handed in.</returns>
    public bool Withdraw(string id)
    {
        lock (gate)
        {
            if (open.Find(o => o.Text.Id == id) is not { } of)
            {
                return false;
            }

            of.Withdrawn = true;
        }

        return Announcer!.Withdraw(id);
    }

    /// <summary>Writes down what became of a text that never reached the voice.</summary>
    public void Record(string id, string? name, string result) => record(new AnnouncementSaid(id, WireWord.Of(SpeechKind.Notice), name, result, 0));

    /// <summary>Takes the answer for one piece.</summary>
    public void Said(Announcement announcement, SpeechReceipt receipt)
    {
        Open? ended = null;
        lock (gate)
        {
            if (open.Find(o => o.Text.Id == announcement.Id) is { } of)
            {
                of.Add(receipt);
                if (of.Left == 0)
                {
                    open.Remove(of);
                    ended = of;
                }
            }
        }

        if (ended is not null)
        {
            var result = DeliveryLog.WordOf(ended.Result);
            record(new AnnouncementSaid(ended.Text.Id, WireWord.Of(ended.Text.Kind), ended.Text.Name, result, (int)ended.Sounded.TotalMilliseconds));
            Ended?.Invoke(ended.Text, ended.Withdrawn && ended.Result != Delivery.Done ? Cancelled : result);
        }
    }

    private sealed class Open(SpokenText text)
    {
        public SpokenText Text { get; } = text;

        public int Left { get; private set; } = text.Pieces.Count;

        public bool Withdrawn { get; set; }

        public TimeSpan Sounded { get; private set; }

        /// <summary>Done only when every piece was.</summary>
        public Delivery Result { get; private set; }

        public void Add(SpeechReceipt receipt)
        {
            Left--;
            Sounded += receipt.Sounded ?? TimeSpan.Zero;
            Result = Result == Delivery.Done ? receipt.Delivery : Result;
        }
    }
}
