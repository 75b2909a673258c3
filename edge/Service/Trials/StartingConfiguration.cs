using MotCua.Edge.Configuration;
using MotCua.Edge.Hosting;

namespace MotCua.Edge.Trials;

/// <summary>The configuration that a start of the program uses, and whose it is.</summary>
/// <param name="Bad">Errors of the box's own file, where something else had to stand in for it.</param>
/// <param name="Pushed">The province's; null: the box's own.</param>
/// <param name="IsTrial">It has not proved good yet.</param>
/// <param name="LocalHash">Of the box's own file as it stands; null when it cannot be read.</param>
public sealed record StartingConfiguration(CentreOptions Options, ConfigurationException? Bad, long? Pushed, bool IsTrial, string? LocalHash)
{
    /// <summary>Name for messages.</summary>
    internal const string FromProvince = "cấu hình của tỉnh";

    private const string Edited = "Người lắp đặt đã sửa tệp cấu hình tại trung tâm; tệp đó đang được dùng.";

    /// <summary>Decides it: the province's unless the box's own file was edited since; one that is tried only so often, and never one that cannot be read.</summary>
    /// <param name="file">The box's own.</param>
    /// <param name="data">Where its last good copy lies.</param>
    /// <exception cref="ConfigurationException">The box's own file is to be used, cannot be, and there was never a good one.</exception>
    public static StartingConfiguration Choose(string file, string data, TrialBook book, DateTimeOffset now)
    {
        var localHash = HashOf(file);
        var state = book.Read();
        ConfigurationException? bad = null;
        if (state.InUse is not null && localHash is not null && localHash != state.LocalHash)
        {
            try
            {
                CentreFile.Read(file);
                Save(book, state = state.SetAside(Edited, now));
            }
            catch (ConfigurationException e)
            {
                bad = e; // Half an edit: what runs goes on running.
            }
        }

        while (state.InUse is { } which)
        {
            if (state.Trial is { Starts: >= TrialState.MostStarts })
            {
                Save(book, state = state.RollBack($"Máy đã khởi động {TrialState.MostStarts} lần với cấu hình này mà chưa được tỉnh xác nhận.", now));
                continue;
            }

            if (state.Trial is not null && !Save(book, state.Started()))
            {
                // A start that cannot be counted might be the first of many; the one before serves, and the next start looks again.
                state = state with { Trial = null };
                continue;
            }

            if (Parse(book, which, state.Trust, out var why) is { } options)
            {
                return new StartingConfiguration(options, bad, which.Revision, state.Trial is not null, localHash);
            }

            Save(book, state = state.Trial is not null ? state.RollBack(why, now) : state.SetAside(why, now));
        }

        var (own, damaged) = LastGoodConfiguration.Load(file, data);
        return new StartingConfiguration(own, damaged, null, IsTrial: false, localHash);
    }

    internal static string? HashOf(string file)
    {
        try
        {
            return new FileInfo(file).Length <= CentreFile.MaxBytes ? CentreFile.HashOf(File.ReadAllBytes(file)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static CentreOptions? Parse(TrialBook book, PushedRevision which, BoxTrust? trust, out string why)
    {
        why = "Thẻ nhớ đã mất nội dung cấu hình của tỉnh.";
        try
        {
            return trust is not null && book.TextOf(which) is { } bytes ? trust.In(CentreFile.Parse(FromProvince, bytes)) : null;
        }
        catch (ConfigurationException e)
        {
            why = $"Phiên bản này của máy không dùng được: {e.Errors[0]}";
            return null;
        }
    }

    private static bool Save(TrialBook book, TrialState state)
    {
        try
        {
            book.Write(state);
            return true;
        }
        catch (IOException)
        {
            return false; // Decided again at the next start.
        }
    }
}
