using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Printing;

/// <summary>What a citizen gets in place of paper: the number on the boards and over the loudspeaker.</summary>
internal sealed class Paperless(BoardFeed boards, Announcer announcer, TimeProvider time)
{
    // After a minute its owner has sat down and asked somebody.
    private static readonly TimeSpan UsefulFor = TimeSpan.FromSeconds(60);

    private readonly CallText text = new();

    public void Tell(string number)
    {
        boards.Tell(number);
        announcer.Say(new Announcement(null, text.NoPaper(number), time.GetTimestamp() + (long)(UsefulFor.TotalSeconds * time.TimestampFrequency)));
    }
}
