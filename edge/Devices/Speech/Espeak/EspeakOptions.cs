namespace MotCua.Edge.Devices.Speech.Espeak;

/// <summary>Bounds of the speech engine.</summary>
public sealed record EspeakOptions
{
    /// <summary>How long one text may take; default 5 s. A call of four seconds takes some 20 ms on a PC.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest answer taken; default 4 MiB, which is 95 s of speech.</summary>
    public int MaxAnswerBytes { get; init; } = 4 << 20;

    /// <summary>Memory for sounds said lately, so that a repeated call costs nothing; default 4 MiB, some 20 calls. 0 keeps none.</summary>
    public int CacheBytes { get; init; } = 4 << 20;
}

/// <summary>How espeak-ng speaks.</summary>
/// <param name="Voice">"vi" (northern), "vi-vn-x-central" or "vi-vn-x-south".</param>
/// <param name="WordsPerMinute">80 to 300; 150 is a little slower than espeak-ng's own 175, for old ears and bad loudspeakers.</param>
public sealed record EspeakVoice(string Voice = "vi", int WordsPerMinute = 150);
