using System.Diagnostics;
using System.Globalization;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Hosting;
using MotCua.Edge.Journal;
using MotCua.Protocols.Configuration;
using Xunit;

namespace MotCua.Edge.Trials.Tests;

/// <summary>A card that does not give the book, or has lost it.</summary>
public sealed class TrialCardTests : IDisposable
{
    private const string StateFile = "configuration.json";

    private static readonly string Better = TrialBench.Named("Phường Việt Trì mới");
    private static readonly DateTimeOffset At = new(2026, 11, 23, 1, 30, 0, TimeSpan.Zero);

    private readonly TrialBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void The_book_of_another_owner_and_of_a_card_that_is_only_read_is_read()
    {
        var which = new PushedRevision(7, new string('a', 64));
        new TrialBook(bench.Disk).Write(TrialState.Empty.Refuse(which, "Vì sao", [], At));
        Assert.Equal(7, new TrialBook(new ReadOnlyFolder(bench.Disk)).Read().Seen);
    }

    [Fact]
    public void What_is_opened_for_reading_is_not_written()
    {
        var folder = Directory.CreateTempSubdirectory("edge-read-");
        try
        {
            var disk = new DiskFolder(folder.FullName);
            disk.Replace("a", "b"u8);
            using var file = ((IJournalFolder)disk).OpenRead("a");
            Assert.Equal(1, file.Length);
            Assert.ThrowsAny<Exception>(() => file.Write(0, "c"u8));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Going_back_to_the_box_s_own_file_leaves_the_book_to_whoever_owns_its_folder()
    {
        var data = Directory.CreateTempSubdirectory("edge-local-");
        try
        {
            var file = Path.Combine(data.FullName, "centre.yaml");
            await File.WriteAllTextAsync(file, TestCentre.Yaml, TestContext.Current.CancellationToken);
            var folder = Path.Combine(data.FullName, EdgeConfig.Folder);
            var (book, good) = (new TrialBook(new DiskFolder(folder)), new PushedRevision(8, new string('b', 64)));
            book.Write(TrialState.Empty.Try(good, null, new BoxTrust("province.pub", null), At).Keep(good, null, At));
            if (Environment.IsPrivilegedProcess)
            {
                await AskAsync("chown", "-R", "12345:12346", folder);
            }

            var before = await AskAsync("stat", "-c", "%u:%g", folder);
            Assert.Equal(0, EdgeConfig.Run(["--local", "--config", file, "--data", data.FullName], TimeProvider.System, TextWriter.Null));
            Assert.Null(book.Read().InUse);
            Assert.Equal(before, await AskAsync("stat", "-c", "%u:%g", Path.Combine(folder, StateFile)));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_book_that_cannot_be_read_is_not_taken_for_none_and_nothing_is_written_over_it()
    {
        await KeepAsync(7);
        var written = bench.Disk.Peek(StateFile);
        bench.Disk.MakeUnreadable(StateFile, 0);
        bench.Restart();
        await bench.RunAsync(5);
        Assert.Null(bench.Starting.Pushed);
        Assert.NotNull(bench.Starting.Unread);
        Assert.Equal("config.card", bench.Box.Device("edge")?.Fault);
        bench.Give(TrialBench.With("number: 1", "number: x"), 8);
        await bench.RunAsync(40);
        Assert.Equal(written, bench.Disk.Peek(StateFile));
        Assert.DoesNotContain(bench.Told, one => one.Revision == 8);

        bench.Disk.Put(StateFile, written);
        await bench.RunAsync(40);
        Assert.Equal((8L, ConfigurationOutcome.Refused), (bench.Told.Last().Revision, bench.Told.Last().Outcome));
        bench.Restart();
        Assert.Equal((7L, null), (bench.Starting.Pushed, bench.Starting.Unread));
    }

    [Fact]
    public async Task What_the_journal_says_was_decided_is_not_tried_again_by_a_card_that_lost_the_book()
    {
        await KeepAsync(7);
        bench.Box.Dispose();
        bench.Disk.Put(StateFile, null);
        bench.Start();
        await bench.RunAsync(20);
        bench.Deliver(bench.Word(TrialBench.Named("Cũ"), 6));
        await bench.RunAsync(20);
        Assert.Equal([ConfigurationOutcome.Tried, ConfigurationOutcome.Kept], bench.Outcomes);
        bench.Give(TrialBench.Named("Mới hơn"), 8);
        await bench.RunAsync(25);
        Assert.Equal((8L, ConfigurationOutcome.Kept), (bench.Starting.Pushed, bench.Outcomes.Last()));
    }

    [Fact]
    public async Task Every_line_that_the_journal_lacks_is_told_at_the_next_start()
    {
        await KeepAsync(7);
        var state = bench.State;
        bench.Box.Dispose();
        new TrialBook(bench.Disk).Write(state.Refuse(new PushedRevision(8, new string('a', 64)), "Một", [], At).Refuse(new PushedRevision(9, new string('b', 64)), "Hai", [], At));
        bench.Start();
        await bench.RunAsync(5);
        Assert.Equal([7L, 7L, 8L, 9L], bench.Held.Select(one => one.Revision));
        bench.Restart();
        await bench.RunAsync(5);
        Assert.Equal(4, bench.Told.Count());
    }

    private static async Task<string> AskAsync(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{program}: {process.ExitCode}"));
        return said;
    }

    private async Task KeepAsync(long revision)
    {
        await bench.RunAsync(2);
        bench.Give(Better, revision);
        await bench.RunAsync(25);
        Assert.Equal(ConfigurationOutcome.Kept, bench.Outcomes.Last());
    }

    // Opens nothing that could be written, as the kernel does for whoever is not the owner.
    private sealed class ReadOnlyFolder(IJournalFolder inner) : IJournalFolder
    {
        public IReadOnlyList<string> List() => inner.List();

        public IJournalFile Open(string name) => throw new IOException("Permission denied.");

        public IJournalFile OpenRead(string name) => inner.Open(name);

        public IJournalFile Create(string name, long length) => throw new IOException("Permission denied.");

        public void Rename(string from, string to) => throw new IOException("Permission denied.");

        public void Replace(string name, ReadOnlySpan<byte> bytes) => throw new IOException("Permission denied.");

        public void Delete(string name) => throw new IOException("Permission denied.");
    }
}
