namespace MotCua.Edge.Devices.Speech.Engines;

/// <summary>How espeak-ng speaks.</summary>
/// <param name="Voice">"vi" (northern), "vi-vn-x-central", "vi-vn-x-south" or "en".</param>
/// <param name="WordsPerMinute">80 to 300; 150 is a little slower than espeak-ng's own 175, for old ears and bad loudspeakers.</param>
public sealed record EspeakVoice(string Voice = "vi", int WordsPerMinute = 150);
