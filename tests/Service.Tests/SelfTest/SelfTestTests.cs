using MotCua.Edge.Assembly;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.SelfTest.Tests;

public sealed class SelfTestTests
{
    [Fact]
    public async Task Every_device_is_tried_and_the_province_is_told_a_row_for_each()
    {
        using var centre = await OpenAsync();
        Assert.True(centre.Centre.SelfTest.TryStart("page"));
        List<string> seen = [];
        for (var second = 0; second < 120 && centre.Centre.SelfTest.Progress!.Running; second++)
        {
            await centre.RunAsync(1);
            seen.AddRange(centre.Box.Boards.Select(board => $"{board.Key}: {string.Join('|', board.Value.Lines()).TrimEnd()}"));
            if (Asked(centre) is { } button)
            {
                centre.Box.Press(button, TimeSpan.FromMilliseconds(120));
            }
        }

        await centre.RunAsync(3);
        var report = Assert.Single(centre.Events<SelfTestFinished>());
        Assert.Equal("page", report.By);
        Assert.Equal(
            ["speaker", "hall-lcd", "hall-sign", "hall-matrix", "quay-1-so", "quay-2-so", "quay-2-oled", "mo-rong-1", "journal", "uplink", "lay-so-2", "quay-2-tiep", "lay-so", "lay-so-2", "quay-1-tiep",
                "quay-2-tiep"],
            report.Devices.Select(device => device.Device));
        Assert.All(report.Devices, device => Assert.Equal((device.Device == "uplink" ? "not-tried" : "ok", null), (device.Result, device.Code)));
        Assert.Contains("hall-sign: 8888  88", seen);
        Assert.Contains("quay-1-so: 8888", seen);
        Assert.Contains(seen, line => line.StartsWith("hall-lcd:", StringComparison.Ordinal) && line.Contains("HALL-LCD", StringComparison.Ordinal));

        // A press at a counter was the test's own, one for a ticket may be a citizen's; and every board is back at the live view.
        Assert.Equal(["A001", "H001"], centre.Events<TicketIssued>().Select(ticket => ticket.Number).Order(StringComparer.Ordinal));
        Assert.Empty(centre.Events<TicketCalled>());
        Assert.Equal(("--------".Length, "----"), (centre.Read("hall-sign").Length, centre.Read("quay-1-so")));
        Assert.Contains(centre.Spoken, text => text.StartsWith("Đã kiểm tra xong. 15 phép thử đạt, 1 chưa thử", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_board_and_a_dead_speaker_are_told_with_what_to_do_and_the_walk_goes_on()
    {
        using var centre = await OpenAsync();
        centre.Box.Boards[new DeviceId("quay-2-oled")].Unplug(true);
        centre.Box.Loudspeaker.Unplugged = true;
        Assert.True(centre.Centre.SelfTest.TryStart("command"));
        var rows = await EndAsync(centre);
        Assert.Equal("speech.speaker-failed", Of(rows, "speaker").Code);
        var board = Of(rows, "quay-2-oled");
        Assert.Equal((SelfTestVerdict.Failed, "device.not-answering"), (board.Verdict, board.Code));
        Assert.StartsWith("Thiết bị không phản hồi. Kiểm tra nguồn và dây nối của thiết bị", board.Text, StringComparison.Ordinal);
        Assert.Equal(SelfTestVerdict.Ok, Of(rows, "quay-2-so").Verdict);
        Assert.Contains(Assert.Single(centre.Events<SelfTestFinished>()).Devices, device => device == new SelfTestDevice("quay-2-oled", "failed", "device.not-answering"));
    }

    [Fact]
    public async Task A_call_goes_first_on_every_board_and_the_test_goes_on_after_it()
    {
        using var centre = await OpenAsync();
        await centre.PressAsync(TestCentre.TicketButton);
        centre.Centre.SelfTest.TryStart("page");
        await centre.RunAsync(3);
        while (centre.Centre.SelfTest.Progress!.Rows.Length < 2)
        {
            await centre.RunAsync(0.5);
        }

        await centre.RunAsync(1);
        Assert.Equal("8888  88", centre.Read("hall-sign"));
        await centre.PressAsync(RichHall.OnExpander(1));
        await centre.RunAsync(0.5);
        Assert.Equal("1", centre.Read("hall-sign")[^1..]); // The ticket blinks, the counter stays.
        Assert.StartsWith("Có lượt gọi số", centre.Centre.SelfTest.Progress!.Now, StringComparison.Ordinal);
        Assert.Contains(centre.Spoken, text => text.StartsWith("Mời công dân", StringComparison.Ordinal));
        Assert.Contains(centre.Events<CallDelivered>(), d => d is { Output: "hall-sign", Result: "done" });
        await centre.RunAsync(9);
        Assert.Equal("8888  88", centre.Read("hall-sign"));
        var rows = await EndAsync(centre);
        Assert.Equal(SelfTestVerdict.Ok, Of(rows, "hall-sign").Verdict);
        await centre.RunAsync(1);
        Assert.Equal("A001   1", centre.Read("hall-sign"));
    }

    [Fact]
    public async Task Calls_without_end_leave_a_device_untried_and_the_test_ends_all_the_same()
    {
        using var centre = await OpenAsync();
        centre.Centre.SelfTest.TryStart("page");
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(RichHall.OnExpander(1));
        for (var call = 0; call < 5; call++)
        {
            await centre.RunAsync(9);
            Assert.True(centre.Centre.Loop.TrySubmit(new Queue.Recall(new Queue.CounterId(1)), out _));
        }

        var rows = await EndAsync(centre);
        Assert.Contains(rows, row => row.Result.Verdict == SelfTestVerdict.NotTried && row.Result.Text.Contains("nhiều lượt gọi", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_centre_that_calls_more_often_than_a_call_has_the_floor_still_ends_the_test()
    {
        using var centre = await OpenAsync();
        centre.Centre.SelfTest.TryStart("page");
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(RichHall.OnExpander(1));
        for (var told = TimeSpan.Zero; told < SelfTestRunner.Longest; told += TimeSpan.FromSeconds(7))
        {
            await centre.RunAsync(7, strideMs: 200);
            Assert.True(centre.Centre.Loop.TrySubmit(new Queue.Recall(new Queue.CounterId(1)), out _));
        }

        await centre.RunAsync(1);
        Assert.InRange(centre.Events<TicketRecalled>().Count(), 100, 200);
        Assert.False(centre.Centre.SelfTest.Progress!.Running);
        Assert.Contains(centre.Centre.SelfTest.Progress!.Rows, row => row.Result == new SelfTestResult(SelfTestVerdict.NotTried, null, "Chưa thử: hết thời gian kiểm tra."));
    }

    [Fact]
    public async Task A_citizen_who_presses_the_very_button_that_the_test_waits_for_gets_a_ticket()
    {
        using var centre = await OpenAsync();
        centre.Centre.SelfTest.TryStart("page");
        while (Asked(centre) != new Configuration.WiredLine(TestCentre.TicketButton))
        {
            await centre.RunAsync(0.5);
        }

        Assert.Contains("số thật", centre.Centre.SelfTest.Progress!.Now, StringComparison.Ordinal);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(1);
        Assert.Equal("A001", Assert.Single(centre.Events<TicketIssued>()).Number);
        var button = centre.Centre.SelfTest.Progress!.Rows[^1];
        Assert.Equal(("lay-so", SelfTestVerdict.Ok), (button.Device, button.Result.Verdict));
        Assert.Contains("số thật", button.Result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_nobody_attends_to_ends_by_itself_and_says_which_buttons_nobody_pressed()
    {
        using var centre = await OpenAsync();
        centre.Centre.SelfTest.TryStart("page");
        Assert.False(centre.Centre.SelfTest.TryStart("command"));
        var rows = await EndAsync(centre);
        Assert.Equal(
            [SelfTestVerdict.NotTried, SelfTestVerdict.NotTried, SelfTestVerdict.NotTried, SelfTestVerdict.NotTried], rows.TakeLast(4).Select(row => row.Result.Verdict));
        Assert.All(rows.TakeLast(4), row => Assert.StartsWith("Chưa thử: không ai nhấn nút", row.Result.Text, StringComparison.Ordinal));
        Assert.True(centre.Centre.SelfTest.TryStart("command"));
    }

    [Fact]
    public async Task Other_buttons_serve_citizens_while_one_is_waited_for()
    {
        using var centre = await OpenAsync();
        centre.Centre.SelfTest.TryStart("page");
        while (Asked(centre) != new Configuration.WiredLine(TestCentre.TicketButton))
        {
            await centre.RunAsync(0.5);
        }

        await centre.PressAsync(RichHall.OnExpander(0));
        Assert.Equal("H001", Assert.Single(centre.Events<TicketIssued>()).Number);
        Assert.Equal(new Configuration.WiredLine(TestCentre.TicketButton), Asked(centre));
    }

    [Fact]
    public async Task A_button_of_its_own_starts_it()
    {
        using var centre = new TestCentre(yaml: RichHall.Yaml.Replace("press: ticket chung-thuc", "press: self-test", StringComparison.Ordinal));
        await centre.RunAsync(1);
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Equal(("button:lay-so", true), (centre.Centre.SelfTest.Progress!.By, centre.Centre.SelfTest.Progress!.Running));
        Assert.Empty(centre.Events<TicketIssued>());
    }

    [Fact]
    public async Task A_step_that_breaks_is_told_and_the_walk_goes_on()
    {
        using var centre = await OpenAsync();
        List<EventData> recorded = [];
        using var announcer = new Devices.Speech.Announcer(
            SpeechParts.Voice(SpeechOptions.Default, new SpeechSeam([new TinyVoice()], "", Store: null), centre.Time, (_, _) => { }), centre.Box.Loudspeaker, new Nobody(), centre.Centre.Devices, centre.Time);
        using var runner = new SelfTestRunner(centre.Time, announcer, recorded.Add, () => [new Broken(), new Endless()]);
        runner.TryStart("page");
        for (var i = 0; i < 200 && runner.Progress!.Running; i++)
        {
            await runner.StepAsync(TestContext.Current.CancellationToken);
            centre.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal([("broken", "failed"), ("endless", "not-tried")], Assert.IsType<SelfTestFinished>(Assert.Single(recorded)).Devices.Select(device => (device.Device, device.Result)));
    }

    [Fact]
    public async Task In_mute_hours_the_loudspeaker_is_not_tried_and_nothing_is_wrong_with_it()
    {
        using var centre = new TestCentre(yaml: TestCentre.Yaml.Replace("chime: no", "chime: no, mute: [{ from: \"17:30\", to: \"09:00\" }]", StringComparison.Ordinal));
        await centre.RunAsync(0.2);
        centre.Centre.SelfTest.TryStart("page");
        var speaker = Of(await EndAsync(centre), "speaker");
        Assert.Equal((SelfTestVerdict.NotTried, "Chưa thử: đang là giờ im lặng."), (speaker.Verdict, speaker.Text));
        Assert.Empty(centre.Spoken);
    }

    [Fact]
    public async Task With_a_microphone_the_loudspeaker_is_tried_as_without()
    {
        using var centre = new TestCentre(yaml: TestCentre.Yaml.Replace("chime: no", "chime: no, microphone: plughw:1", StringComparison.Ordinal));
        await centre.RunAsync(0.2);
        centre.Centre.SelfTest.TryStart("page");
        Assert.Equal(SelfTestVerdict.Ok, Of(await EndAsync(centre), "speaker").Verdict);
    }

    private static async Task<TestCentre> OpenAsync()
    {
        var centre = new TestCentre(yaml: RichHall.Yaml);
        await centre.RunAsync(1);
        return centre;
    }

    private static async Task<IReadOnlyList<SelfTestRow>> EndAsync(TestCentre centre)
    {
        for (var second = 0; centre.Centre.SelfTest.Progress!.Running; second++)
        {
            Assert.True(second < 300, "the test does not end");
            await centre.RunAsync(1);
        }

        await centre.RunAsync(3);
        return centre.Centre.SelfTest.Progress!.Rows;
    }

    private static SelfTestResult Of(IEnumerable<SelfTestRow> rows, string device) => rows.First(row => row.Device == device).Result;

    /// <summary>The button that the page asks for now.</summary>
    private static Configuration.WiredLine? Asked(TestCentre centre) => centre.Centre.SelfTest.Progress!.Now is { } now && now.StartsWith("Hãy nhấn nút", StringComparison.Ordinal)
        ? centre.Centre.Options.Buttons.First(button => now.Contains($"«{Configuration.PressLabel.Of(centre.Centre.Options, button.Press)}»", StringComparison.Ordinal)).Line
        : null;

    private sealed class Nobody : Devices.Speech.ISpeechReceipts
    {
        public void Said(Devices.Speech.Announcement announcement, DeviceId speaker, Devices.Speech.SpeechReceipt receipt)
        {
        }
    }

    private class Endless : ISelfTestStep
    {
        public virtual string Device => "endless";

        public string Saying => "…";

        public bool IsSpoken => false;

        public TimeSpan Limit => TimeSpan.FromSeconds(5);

        public SelfTestResult AtLimit => new(SelfTestVerdict.NotTried, null, "…");

        public void Begin()
        {
        }

        public virtual SelfTestResult? Look(TimeSpan tried) => null;

        public void End()
        {
        }
    }

    private sealed class Broken : Endless
    {
        public override string Device => "broken";

        public override SelfTestResult? Look(TimeSpan tried) => throw new InvalidOperationException("no such thing");
    }
}
