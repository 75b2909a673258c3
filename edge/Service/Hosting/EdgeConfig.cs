using System.Globalization;
using MotCua.Edge.Journal;
using MotCua.Edge.Trials;
using MotCua.Protocols.Configuration;

namespace MotCua.Edge.Hosting;

/// <summary><c>config</c>: tells an installer which configuration the box uses, whose it is and what became of those of the province; <c>--local</c> goes back to the box's own file.</summary>
internal static class EdgeConfig
{
    /// <summary>In the data folder: configurations of the province.</summary>
    public const string Folder = "configuration";

    private const string Usage = """
        edge config [--config centre.yaml] [--data DIR]
            cho biết máy dùng cấu hình nào, từ khi nào, và các lần tỉnh gửi · which configuration the box uses and what became of the province's
        edge config --local [--config centre.yaml] [--data DIR]
            trở về tệp tại chỗ cho đến khi tỉnh gửi bản mới hơn · back to the box's own file until the province sends a newer one
          --config   the centre's file, default /etc/motcua/centre.yaml
          --data     folder of the journal, default /var/lib/motcua-edge
        """;

    private const string Asked = "Người lắp đặt cho máy trở về tệp cấu hình tại trung tâm.";
    private const string Restart = "khởi động lại để dùng: sudo systemctl restart motcua-edge";

    private static readonly TimeSpan Here = TimeSpan.FromHours(7);

    public static int Run(string[] args, TimeProvider time, TextWriter output)
    {
        var local = args.Contains("--local");
        if (EdgeArguments.TryRead([.. args.Where(arg => arg != "--local")], TextWriter.Null) is not { Command: "serve" } arguments || args is ["serve", ..])
        {
            output.WriteLine(Usage);
            return EdgeArguments.UsageError;
        }

        try
        {
            var folder = Path.Combine(arguments.Data, Folder);
            _ = Directory.Exists(arguments.Data) && Directory.EnumerateFileSystemEntries(arguments.Data).Any(); // Throws where nothing may be seen.
            // Asking changes nothing, not even a folder.
            var book = Directory.Exists(folder) ? new TrialBook(new DiskFolder(folder)) : null;
            var state = book?.Read() ?? TrialState.Empty;
            if (local && state.InUse is not null)
            {
                book!.Write(state = state.SetAside(Asked, time.GetUtcNow()));
                LetServiceRead(folder);
                output.WriteLine($"Từ lần khởi động sau máy dùng {arguments.Config}; {Restart}");
                return 0;
            }

            Tell(arguments.Config, state, output);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            output.WriteLine($"{e.Message} Chạy với sudo.");
            return 1;
        }
    }

    private static void Tell(string file, TrialState state, TextWriter output)
    {
        if (state.InUse is not { } which)
        {
            output.WriteLine($"Máy dùng tệp tại chỗ: {file}");
        }
        else
        {
            var since = state.History.LastOrDefault(one => one.Revision == which.Revision)?.At;
            output.WriteLine($"Máy dùng cấu hình của tỉnh, bản {which.Revision}, {(state.Trial is null ? "đã giữ" : "đang thử")} từ {Moment(since)}.");
            output.WriteLine($"SHA-256: {which.Hash}");
            if (StartingConfiguration.HashOf(file) is { } hash && hash != state.LocalHash)
            {
                output.WriteLine($"{file} đã được sửa sau đó; tệp này được dùng sau khi {Restart}");
            }
            else
            {
                output.WriteLine($"Trở về {file}: sudo edge config --local");
            }
        }

        if (state.History.Count == 0)
        {
            output.WriteLine("Tỉnh chưa gửi cấu hình nào.");
            return;
        }

        output.WriteLine("Các lần gần đây:");
        foreach (var one in state.History.Reverse())
        {
            output.WriteLine($"  {Moment(one.At)}  bản {one.Revision}: {WordOf(one.Outcome)}{(one.Reason is { } why ? $". {why}" : "")}");
            foreach (var error in one.Errors)
            {
                output.WriteLine($"    {error}");
            }
        }
    }

    // Written by root, read and written by the service, which owns the folder.
    private static void LetServiceRead(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
                FileOwner.Share(folder, file);
            }
        }
    }

    private static string WordOf(string outcome) => outcome switch
    {
        ConfigurationOutcome.Tried => "bắt đầu thử",
        ConfigurationOutcome.Kept => "chạy tốt, đã giữ",
        ConfigurationOutcome.Refused => "có lỗi, không dùng",
        ConfigurationOutcome.RolledBack => "không chạy được, đã trở về bản trước",
        ConfigurationOutcome.SetAside => "thôi dùng, trở về tệp tại chỗ",
        _ => outcome,
    };

    private static string Moment(DateTimeOffset? at) => at is { } time ? time.ToOffset(Here).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture) : "lúc chưa rõ";
}
