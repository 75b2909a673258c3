using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Configuration;

/// <summary>When a television rings.</summary>
public enum TvSound
{
    /// <summary>Only for a call that the loudspeakers were not heard with: two rings at once are understood worse than one.</summary>
    Backup,

    /// <summary>With every call, as in a centre without a loudspeaker.</summary>
    Calls,

    /// <summary>Never.</summary>
    None,
}

/// <summary>A television that shows the page of the hall.</summary>
/// <param name="Code">Stands in the address that the television opens, and so pairs it: whoever knows it may answer for this television.</param>
/// <param name="CameraNotice">It says that cameras record.</param>
public sealed record TvOptions(DeviceId Id, string Code, TvSound Sound = TvSound.Backup, bool CameraNotice = true)
{
    /// <summary>Kind of the device for the province.</summary>
    public const string Kind = "tv";

    public const int ShortestCode = 6;

    public const int LongestCode = 12;

    /// <summary>6 to 12 letters a–z and figures: what a remote control can type.</summary>
    public static bool IsCode(string text) => text.Length is >= ShortestCode and <= LongestCode && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c));
}
