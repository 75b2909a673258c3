using MotCua.Edge.Announcing;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>Centres whose voice takes its time, with what a test of speech needs around them.</summary>
internal static class VoiceBench
{
    public const int CivilButton = 6;
    public const int NextAtTwo = 19;
    public const int RecallAtOne = 17;

    public static string Yaml(string speech) => TestCentre.Yaml
        .Replace("    - { id: xong,", "    - { id: lay-ho-tich, line: 6, press: ticket ho-tich }\n    - { id: goi-hai, line: 19, press: next 2 }\n    - { id: xong,", StringComparison.Ordinal)
        .Replace("speech: { chime: no }", $"speech: {{ chime: no, {speech[2..]}", StringComparison.Ordinal);

    /// <summary>A centre where two people wait at two counters.</summary>
    public static async Task<TestCentre> WaitingAsync(string speech, double sentenceSeconds = 4, IGuidanceShelf? guidance = null, IClockTrust? clock = null)
    {
        var centre = new TestCentre(yaml: Yaml(speech), speech: new SlowVoice(sentenceSeconds), guidance: guidance, clock: clock);
        await centre.RunAsync(0.2);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(CivilButton);
        return centre;
    }

    /// <summary>Until the citizen who is called to the first counter may be marked as missed.</summary>
    public static async Task CallThreeTimesAsync(TestCentre centre)
    {
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(8);
        await centre.PressAsync(RecallAtOne);
        await centre.RunAsync(8);
        await centre.PressAsync(RecallAtOne);
        await centre.RunAsync(35);
    }

    public static async Task SubmitAsync(TestCentre centre, QueueCommand command)
    {
        var done = centre.Centre.Loop.SubmitAsync(command, TestContext.Current.CancellationToken).AsTask();
        await centre.RunAsync(0.1);
        Assert.IsType<Outcome.Accepted>(await done);
    }

    public static IEnumerable<CallDelivered> Spoken(this TestCentre centre) => centre.Events<CallDelivered>().Where(d => d.Output == "speaker");
}

/// <summary>Every sentence is a tone that takes so long.</summary>
internal sealed class SlowVoice(double seconds) : ISpeechEngine
{
    private readonly byte[] tone = [.. Enumerable.Range(0, (int)(seconds * 8000)).SelectMany(i => BitConverter.GetBytes((short)(i % 20 < 10 ? 8000 : -8000)))];

    public bool Speaks(LanguageCode language) => true;

    public ValueTask<WavFile> SynthesizeAsync(string text, LanguageCode language, CancellationToken stop) => ValueTask.FromResult(WavFile.FromSamples(8000, tone));
}

/// <summary>Guidance out of memory.</summary>
internal sealed class ShelfOf(params (string Name, string? Text)[] files) : IGuidanceShelf
{
    private readonly List<string> gone = [];

    public IReadOnlyList<string> Names() => [.. files.Select(f => f.Name).Except(gone)];

    /// <summary>Somebody deletes the file.</summary>
    public void Delete(string name) => gone.Add(name);

    /// <summary>Recordings that were read, each time.</summary>
    public List<string> Read { get; } = [];

    public GuidanceClip? Load(string name, out string? problem)
    {
        var text = files.FirstOrDefault(f => f.Name == name && !gone.Contains(name)).Text;
        problem = text is null ? "không phải văn bản UTF-8" : null;
        return text is null ? null : name.EndsWith(".wav", StringComparison.Ordinal) ? new GuidanceClip(name, null, ReadAsync) : new GuidanceClip(name, text, null);

        ValueTask<WavFile> ReadAsync(CancellationToken stop)
        {
            Read.Add(name);
            return text == "hỏng" ? throw new IOException("only silence") : new TinyVoice().SynthesizeAsync("", LanguageCode.Vietnamese, stop);
        }
    }
}

/// <summary>A clock that nobody set.</summary>
internal sealed class LostClock : IClockTrust
{
    public ClockTrust Now() => ClockTrust.Unsynced;
}
