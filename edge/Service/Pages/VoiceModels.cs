namespace MotCua.Edge.Pages;

/// <param name="CanRecord">This box has a folder of its own for recorded voices.</param>
/// <param name="Microphone">The box has a microphone that can record.</param>
/// <param name="LongestSeconds">Of what is spoken in a take.</param>
public sealed record VoicesAnswer(bool CanRecord, bool Microphone, double LongestSeconds, IReadOnlyList<VoiceLanguage> Languages, IReadOnlyList<VoicePackAnswer> Packs);

/// <param name="Code">Such as <c>vi</c> or <c>mtq</c>.</param>
/// <param name="Name">Vietnamese.</param>
/// <param name="OnlyRecorded">No synthesiser speaks it: a sentence with a missing word is not spoken in it.</param>
public sealed record VoiceLanguage(string Code, string Name, bool OnlyRecorded);

/// <param name="Use"><c>file</c>: the centre's file names it; <c>on</c>: chosen on this box; <c>off</c>.</param>
/// <param name="Speaks">The hall is spoken to with it now; of two packs for one language the first speaks.</param>
/// <param name="Recorded">Words of <paramref name="Needed"/> that it has.</param>
/// <param name="Needed">Words of a whole pack.</param>
/// <param name="Problem">Why it cannot be used, for people; null for a sound one. Such a pack has no language.</param>
public sealed record VoicePackAnswer(string Name, string? Language, string? LanguageName, string Use, bool Speaks, int Recorded, int Needed, string? Problem);

/// <param name="Clips">In the order of recording; those that a pack may do without stand last.</param>
public sealed record VoiceClipsAnswer(VoicePackAnswer Pack, IReadOnlyList<VoiceClip> Clips);

/// <param name="Name">Such as <c>to-counter</c> or <c>7</c>.</param>
/// <param name="Words">To be read aloud: in Vietnamese, also for a language whose spelling is not settled.</param>
/// <param name="Note">Where the word stands, Vietnamese, when that matters.</param>
/// <param name="Group"><c>phrase</c>, <c>number</c> or <c>letter</c>.</param>
/// <param name="State"><c>missing</c>; <c>recorded</c>: on this box; <c>given</c>: it came with the pack.</param>
/// <param name="Optional">A pack is whole without it.</param>
/// <param name="CanUndo">There is a take before the last one.</param>
public sealed record VoiceClip(string Name, string Words, string? Note, string Group, string State, bool Optional, bool CanUndo);

/// <param name="Name">1 to 40 of <c>a–z 0–9 -</c>.</param>
/// <param name="Language">Code of a language.</param>
public sealed record VoicePackRequest(string? Name, string? Language);

/// <param name="On">The hall is spoken to with it.</param>
public sealed record VoiceUseRequest(bool On);

/// <param name="Seconds">1 to 12.</param>
public sealed record VoiceRecordRequest(int Seconds = 4);

/// <param name="Seconds">Of the take as it was kept, without the silence around it; null where none was made.</param>
/// <param name="Clip">As it is now.</param>
/// <param name="Pack">As it is now.</param>
public sealed record VoiceTakeAnswer(double? Seconds, VoiceClip Clip, VoicePackAnswer Pack);
