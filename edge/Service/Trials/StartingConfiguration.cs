using MotCua.Edge.Configuration;
using MotCua.Edge.Hosting;

namespace MotCua.Edge.Trials;

/// <summary>The configuration that a start of the program uses, and whose it is.</summary>
/// <param name="Bad">Errors of the box's own file, where something else had to stand in for it.</param>
/// <param name="Pushed">The province's; null: the box's own.</param>
/// <param name="IsTrial">It has not proved good yet.</param>
/// <param name="LocalHash">Of the box's own file as it stands; null when it cannot be read.</param>
/// <param name="Unread">Why the card did not say whether one of the province's is to be used; null: it did.</param>
public sealed record StartingConfiguration(CentreOptions Options, ConfigurationException? Bad, long? Pushed, bool IsTrial, string? LocalHash, string? Unread = null)
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
        try
        {
            return Decide(file, data, book, now);
        }
        catch (IOException e)
        {
            // Nothing is written: what the card does not give now it may give at the next start.
            return Own(file, data, e.Message);
        }
    }

    /// <summary>The box's own file.</summary>
    /// <param name="unread">Why nothing else was looked at.</param>
    /// <exception cref="ConfigurationException">It cannot be used, and there was never a good one.</exception>
    public static StartingConfiguration Own(string file, string data, string? unread = null)
    {
        var (own, damaged) = LastGoodConfiguration.Load(file, data);
        return new StartingConfiguration(own, damaged, null, IsTrial: false, HashOf(file), unread);
    }

    /// <summary>A start has ended by order, or ran long enough: it counts no more.</summary>
    public static void Ended(TrialBook book)
    {
        try
        {
            if (book.Read() is { Unclean: > 0 } state)
            {
                book.Write(state with { Unclean = 0 });
            }
        }
        catch (IOException)
        {
            // It takes more than one to matter.
        }
    }

    /// <summary>A start with one of the province's has thrown.</summary>
    /// <returns>True when the box is to start anew without it; false when the book says nothing of it, or takes nothing.</returns>
    public static bool Fell(TrialBook book, StartingConfiguration starting, Exception thrown, DateTimeOffset now)
    {
        try
        {
            var state = book.Read();
            if (state.InUse?.Revision != starting.Pushed)
            {
                return false; // A person has decided meanwhile.
            }

            book.Write(state.Trial is not null
                ? state.RollBack($"Máy không khởi động được với cấu hình này, đã trở về cấu hình trước; xem lỗi, sửa rồi gửi lại. ({thrown.Message})", now)
                : state.GiveUp($"Máy không còn chạy được với cấu hình này, đã trở về tệp tại chỗ; xem lỗi, sửa rồi gửi lại. ({thrown.Message})", now));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static StartingConfiguration Decide(string file, string data, TrialBook book, DateTimeOffset now)
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

        var isCounted = true;
        while (state.InUse is { } which)
        {
            if (state.Trial is { Starts: >= TrialState.MostStarts })
            {
                Save(book, state = state.RollBack($"Máy đã khởi động {TrialState.MostStarts} lần với cấu hình này mà chưa được tỉnh xác nhận; kiểm tra nguồn điện và mục mqtt rồi gửi lại.", now));
                continue;
            }

            if (state.Trial is null && state.Unclean >= TrialState.MostUnclean)
            {
                Save(book, state = state.GiveUp(
                    $"Máy khởi động {state.Unclean} lần liền với cấu hình này mà không chạy được {TrialState.Calm.TotalMinutes:0} phút; đã trở về tệp tại chỗ. Kiểm tra nguồn điện và lỗi của máy rồi gửi lại.", now));
                continue;
            }

            // A card that cannot count the starts of a good one takes nothing away from it.
            if (isCounted && !Save(book, state.Started()) && state.Trial is not null)
            {
                isCounted = false;
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

        return Own(file, data);
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
