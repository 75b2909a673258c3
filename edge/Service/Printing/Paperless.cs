using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Printing;

/// <summary>What a citizen gets in place of paper: the number on the boards and over the loudspeaker.</summary>
internal sealed class Paperless(BoardFeed boards, Announcer announcer, CallScripts scripts, TimeProvider time)
{
    // After a minute its owner has sat down and asked somebody.
    private static readonly TimeSpan UsefulFor = TimeSpan.FromSeconds(60);

    /// <param name="why">Whoever hears of paper changes the roll; so paper is named only where it is missing.</param>
    public void Tell(string number, LanguageCode? language, FaultCode why)
    {
        boards.Tell(number);
        var script = why == PrinterFaults.PaperOut ? scripts.NoPaper(number, language) : scripts.NoPrint(number, language);
        announcer.Say(Announcement.Of(null, script, time.After(UsefulFor)));
    }
}
