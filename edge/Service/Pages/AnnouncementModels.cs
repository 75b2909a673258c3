namespace MotCua.Edge.Pages;

/// <summary>Either words or a file of guidance.</summary>
/// <param name="Text">1 to 1,000 characters on one line.</param>
/// <param name="Guidance">Name of a file in the folder <c>guidance</c>.</param>
/// <param name="At">When, within the next seven days; null: at once.</param>
public sealed record AnnouncementRequest(string? Text = null, string? Guidance = null, DateTimeOffset? At = null);

/// <param name="State"><c>scheduled</c>, <c>waiting</c>, and at last <c>done</c>, <c>failed</c>, <c>expired</c>, <c>muted</c> or <c>cancelled</c>.</param>
public sealed record AnnouncementAnswer(string Id, string? Text, string? Guidance, DateTimeOffset? At, string State);

/// <param name="Guidance">Names of the files that could be played.</param>
public sealed record AnnouncementsAnswer(IReadOnlyList<AnnouncementAnswer> Announcements, IReadOnlyList<string> Guidance);
