namespace MotCua.Bench.Forecast;

internal enum Said
{
    AtOnce,
    Range,
    Silence,
}

internal enum Asked
{
    /// <summary>When the ticket was given out: every ticket.</summary>
    AtIssue,

    /// <summary>While waiting: every ten minutes, all who wait.</summary>
    WhileWaiting,

    /// <summary>For the curve of promised against held: ranges of other shares, one ticket in ten.</summary>
    ForCurve,

    /// <summary>Of somebody who knows the true parameters, one ticket in 120.</summary>
    OfOracle,
}

/// <summary>What was said of a wait, and what came.</summary>
/// <param name="Day">Of the centre, from 0: the forecast knows nothing yet.</param>
/// <param name="Hour">Of the forecast.</param>
/// <param name="Hold">Share of waits that the range shall hold.</param>
/// <param name="Wait">Seconds from the forecast to the call; infinite when the ticket was not called that day.</param>
internal readonly record struct Verdict(Asked Asked, Said Said, int Service, int Day, int Hour, bool Busy, double Hold, double Lower, double Upper, double Wait)
{
    public bool Held => Lower <= Wait && Wait <= Upper;
}
