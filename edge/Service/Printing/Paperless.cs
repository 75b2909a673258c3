using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Printing;

/// <summary>What a citizen gets in place of paper: the number on the boards and over the loudspeaker.</summary>
internal sealed class Paperless(BoardFeed boards, Announcer announcer, CallScripts scripts, TimeProvider time)
{
    // After a minute its owner has sat down and asked somebody.
    private static readonly TimeSpan UsefulFor = TimeSpan.FromSeconds(60);

    public void Tell(string number, LanguageCode? language)
    {
        boards.Tell(number);
        announcer.Say(Announcement.Of(null, scripts.NoPaper(number, language), time.GetTimestamp() + (long)(UsefulFor.TotalSeconds * time.TimestampFrequency)));
    }
}
