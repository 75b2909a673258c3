using System.Net;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Clerks.Tests;

public sealed class ClerkDeskTests : IDisposable
{
    private const string Right = "739154";
    private const string Wrong = "739155";
    private static readonly IPAddress Here = IPAddress.Loopback;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("motcua-clerks-");
    private readonly ManualTime time = new();

    public ClerkDeskTests() => File(Pin.Give("Quầy 1", ClerkRole.Clerk, Right, iterations: 10), Pin.Give("Giám đốc", ClerkRole.Director, "482913", iterations: 10));

    [Fact]
    public void Without_any_pin_nobody_has_to_log_in()
    {
        using var none = new ClerkDesk(null, time);
        Assert.False(none.IsNeeded);
        File();
        using var empty = Desk();
        Assert.False(empty.IsNeeded);
        File(Pin.Give("Quầy 1", ClerkRole.Clerk, Right, iterations: 10));
        Assert.True(empty.IsNeeded);
    }

    [Fact]
    public async Task The_right_pin_opens_a_session_that_ends_after_a_day_or_when_it_is_not_used()
    {
        using var desk = Desk();
        var day = Assert.IsType<LogIn.In>(await TryAsync(desk, Right)).Key;
        var idle = Assert.IsType<LogIn.In>(await TryAsync(desk, Right)).Key;
        Assert.NotEqual(day, idle);
        Assert.Equal("Quầy 1", desk.Find(day)?.Name);
        for (var hour = 0; hour < 11; hour++)
        {
            time.Advance(TimeSpan.FromHours(1));
            Assert.NotNull(desk.Find(day));
            // A page that only stands open keeps nothing alive.
            _ = desk.Peek(idle);
        }

        Assert.Null(desk.Find(idle));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(desk.Find(day));
        Assert.Null(desk.Find("nobody's"));
        Assert.Null(desk.Find(null));
    }

    [Fact]
    public async Task Five_wrong_pins_lock_the_clerk_for_five_minutes_and_nobody_else()
    {
        using var desk = Desk();
        for (var left = 4; left > 0; left--)
        {
            Assert.Equal(left, Assert.IsType<LogIn.Wrong>(await TryAsync(desk, Wrong)).TriesLeft);
        }

        Assert.Equal(TimeSpan.FromMinutes(5), Assert.IsType<LogIn.Locked>(await TryAsync(desk, Wrong)).Left);
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.InRange(Assert.IsType<LogIn.Locked>(await TryAsync(desk, Right)).Left, TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(1));
        Assert.IsType<LogIn.In>(await desk.TryAsync("Giám đốc", "482913", Here, TestContext.Current.CancellationToken));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<LogIn.In>(await TryAsync(desk, Right));
        // The right one begins anew.
        Assert.Equal(4, Assert.IsType<LogIn.Wrong>(await TryAsync(desk, Wrong)).TriesLeft);
    }

    [Fact]
    public async Task Who_goes_on_guessing_waits_a_quarter_of_an_hour_and_then_an_hour()
    {
        using var desk = Desk();
        await GuessAsync(desk, 5);
        foreach (var minutes in (int[])[15, 60, 60])
        {
            time.Advance(TimeSpan.FromHours(2));
            Assert.Equal(2, Assert.IsType<LogIn.Wrong>(await TryAsync(desk, Wrong)).TriesLeft);
            Assert.Equal(1, Assert.IsType<LogIn.Wrong>(await TryAsync(desk, Wrong)).TriesLeft);
            Assert.Equal(TimeSpan.FromMinutes(minutes), Assert.IsType<LogIn.Locked>(await TryAsync(desk, Wrong)).Left);
        }
    }

    [Fact]
    public async Task Pulling_the_plug_gives_no_new_tries_and_no_way_out_of_a_lock()
    {
        using (var desk = Desk())
        {
            await GuessAsync(desk, 3);
        }

        time.Advance(TimeSpan.FromHours(3));
        using (var after = Desk())
        {
            Assert.Equal(1, Assert.IsType<LogIn.Wrong>(await TryAsync(after, Wrong)).TriesLeft);
            Assert.IsType<LogIn.Locked>(await TryAsync(after, Wrong));
            time.Advance(TimeSpan.FromMinutes(4));
        }

        // Nobody knows how long the box was off, so the lock begins again.
        using var last = Desk();
        Assert.Equal(TimeSpan.FromMinutes(5), Assert.IsType<LogIn.Locked>(await TryAsync(last, Right, pause: false)).Left);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.IsType<LogIn.In>(await TryAsync(last, Right));
    }

    [Fact]
    public async Task A_lock_that_ran_out_does_not_begin_again_at_the_next_start()
    {
        using (var desk = Desk())
        {
            await GuessAsync(desk, 5);
            time.Advance(TimeSpan.FromMinutes(5));
        }

        using (var next = Desk())
        {
            Assert.IsType<LogIn.Locked>(await WrongThreeAsync(next));
        }

        // This one goes on after a start, ends while nobody tries, and is over for good.
        using (var off = Desk())
        {
            time.Advance(TimeSpan.FromMinutes(15));
        }

        using var last = Desk();
        Assert.IsType<LogIn.In>(await TryAsync(last, Right));

        async Task<LogIn> WrongThreeAsync(ClerkDesk desk)
        {
            await GuessAsync(desk, 2);
            return await TryAsync(desk, Wrong);
        }
    }

    [Fact]
    public async Task A_new_pin_unlocks_and_ends_the_sessions_of_the_old_one()
    {
        using var desk = Desk();
        var key = Assert.IsType<LogIn.In>(await TryAsync(desk, Right)).Key;
        await GuessAsync(desk, 5);
        Assert.NotNull(desk.Find(key));
        File(Pin.Give("Quầy 1", ClerkRole.Clerk, "604827", iterations: 10));
        Assert.Null(desk.Find(key));
        Assert.IsType<LogIn.In>(await TryAsync(desk, "604827"));
    }

    [Fact]
    public async Task From_one_machine_a_wrong_pin_is_followed_by_a_rest_and_unknown_names_are_no_news()
    {
        using var desk = Desk();
        Assert.Null(Assert.IsType<LogIn.Wrong>(await TryAsync(desk, Wrong, name: "Ai đó")).TriesLeft);
        Assert.IsType<LogIn.TooSoon>(await TryAsync(desk, Right, pause: false));
        Assert.IsType<LogIn.In>(await desk.TryAsync("Quầy 1", Right, IPAddress.Parse("192.0.2.7"), TestContext.Current.CancellationToken));
        time.Advance(ClerkDesk.BetweenTries);
        Assert.IsType<LogIn.In>(await TryAsync(desk, Right));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_lets_nobody_in_and_nobody_through()
    {
        System.IO.File.WriteAllText(Path.Combine(folder.FullName, "clerks.json"), """{"clerks":[{"name":"x"}]}""");
        using var desk = Desk();
        Assert.True(desk.IsNeeded);
        Assert.False(desk.IsReadable);
        Assert.IsType<LogIn.Unreadable>(await TryAsync(desk, Right));
        File(Pin.Give("Quầy 1", ClerkRole.Clerk, Right, iterations: 10));
        Assert.IsType<LogIn.In>(await TryAsync(desk, Right));
    }

    [Fact]
    public async Task Sessions_are_bounded_and_the_one_that_was_unused_longest_makes_room()
    {
        using var desk = Desk();
        var first = Assert.IsType<LogIn.In>(await TryAsync(desk, Right)).Key;
        var keys = new List<string>();
        for (var i = 0; i < ClerkSessions.Most; i++)
        {
            keys.Add(Assert.IsType<LogIn.In>(await TryAsync(desk, Right)).Key);
        }

        Assert.Null(desk.Find(first));
        Assert.All(keys, key => Assert.NotNull(desk.Find(key)));
    }

    [Theory]
    [InlineData("123", "4 đến 8")]
    [InlineData("123456789", "4 đến 8")]
    [InlineData("12a4", "4 đến 8")]
    [InlineData("1234", "dễ đoán")]
    [InlineData("8765", "dễ đoán")]
    [InlineData("000000", "dễ đoán")]
    [InlineData("7890", "dễ đoán")]
    public void A_pin_that_anybody_would_try_first_is_refused_in_words(string pin, string why) => Assert.Contains(why, Pin.WhyNot(pin), StringComparison.Ordinal);

    [Fact]
    public void The_file_holds_no_pin_and_the_same_pin_looks_different_each_time()
    {
        var text = System.IO.File.ReadAllText(Path.Combine(folder.FullName, "clerks.json"));
        Assert.DoesNotContain(Right, text, StringComparison.Ordinal);
        var (one, other) = (Pin.Give("a", ClerkRole.Clerk, Right), Pin.Give("a", ClerkRole.Clerk, Right));
        Assert.NotEqual(one.Hash, other.Hash);
        Assert.True(one.Iterations >= 600_000);
        Assert.True(Pin.Fits(one, Right) && !Pin.Fits(one, Wrong));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(Path.Combine(folder.FullName, "clerks.json")));
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private ClerkDesk Desk() => new(new ClerkFile(folder.FullName), time);

    private void File(params Clerk[] clerks) => new ClerkFile(folder.FullName).Write(clerks);

    private async Task GuessAsync(ClerkDesk desk, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await TryAsync(desk, Wrong);
        }
    }

    /// <summary>After the rest that a wrong PIN is followed by.</summary>
    private Task<LogIn> TryAsync(ClerkDesk desk, string pin, string name = "Quầy 1", bool pause = true)
    {
        if (pause)
        {
            time.Advance(ClerkDesk.BetweenTries);
        }

        return desk.TryAsync(name, pin, Here, TestContext.Current.CancellationToken);
    }
}
