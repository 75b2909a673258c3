using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

public sealed class WholeCentreTests
{
    [Fact]
    public async Task A_press_with_bounce_is_one_ticket_and_a_call_is_shown_spoken_and_answered_for()
    {
        using var centre = new TestCentre();
        await centre.RunAsync(1);
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Equal("A001", Assert.Single(centre.Events<TicketIssued>()).Number);
        Assert.Equal("DANG GOI       CHO 1", centre.Lcd.Glass.Lines[0]);

        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(3);
        var call = centre.Events().Single(e => e.Data is TicketCalled);
        Assert.Equal("SO A001  QUAY 1", centre.Lcd.Glass.Lines[1].TrimEnd());
        Assert.Equal("DANG GOI       CHO 0", centre.Lcd.Glass.Lines[0]);
        Assert.Equal("A001   1", centre.Sign.Digits.Text);
        Assert.StartsWith("Mời công dân có số thứ tự", Assert.Single(centre.Spoken), StringComparison.Ordinal);
        Assert.Equal(
            ["hall-lcd", "hall-sign", "speaker"],
            centre.Events<CallDelivered>().Where(d => d.CallSeq == call.Seq && d.Result == "done").Select(d => d.Output).Order());
        Assert.Equal(0, centre.Lcd.Glass.Violations);
    }

    [Fact]
    public async Task A_board_that_does_not_answer_is_told_and_comes_back_by_itself_while_the_other_goes_on()
    {
        using var centre = new TestCentre();
        await centre.RunAsync(1);
        centre.LcdSocket.Unplugged = true;
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(8);
        Assert.Equal(new TestCentre.KnownDevice("failed", "device.not-answering"), centre.Device("hall-lcd"));
        Assert.Equal("A001   1", centre.Sign.Digits.Text);
        Assert.Contains(centre.Events<DeviceChanged>(), e => e is { Device: "hall-lcd", State: "failed" });

        centre.LcdSocket.Unplugged = false;
        await centre.RunAsync(3);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("hall-lcd"));
        Assert.Equal("SO A001  QUAY 1", centre.Lcd.Glass.Lines[1].TrimEnd());
        await centre.RunAsync(3);
        Assert.Single(centre.Events<CallDelivered>(), d => d is { Output: "hall-lcd", Result: "done" });
    }

    [Fact]
    public async Task A_card_that_refuses_is_told_and_the_same_number_is_given_when_it_works_again()
    {
        using var centre = new TestCentre();
        await centre.RunAsync(5);
        centre.Disk.Dead = true;
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "journal.write-failed"), centre.Device("journal"));
        Assert.Equal("DANG GOI       CHO 0", centre.Lcd.Glass.Lines[0]);
        centre.Disk.Dead = false;
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(2);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("journal"));
        Assert.Equal("A001", Assert.Single(centre.Events<TicketIssued>()).Number);
        Assert.Equal(["degraded", "ready"], centre.Events<DeviceChanged>().Where(e => e.Device == "journal").Select(e => e.State).TakeLast(2));
    }

    [Fact]
    public async Task The_real_voice_says_a_call()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "espeak-ng"))), "espeak-ng is not installed.");
        using var centre = new TestCentre(
            speech: ProgramEngine.Espeak(new EspeakVoice("vi", 150), TimeProvider.System, bounds: new ProgramBounds { Deadline = TimeSpan.FromSeconds(30) }));
        await centre.RunAsync(0.1);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(15);
        var heard = Assert.Single(centre.Box.Loudspeaker.Heard);
        Assert.True(heard.Whole);
        Assert.InRange(heard.Sound.Length.TotalSeconds, 2, 12);
        Assert.Contains(centre.Events<CallDelivered>(), d => d is { Output: "speaker", Result: "done" });
    }
}
