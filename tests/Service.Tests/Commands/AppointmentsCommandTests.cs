using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Queue;
using MotCua.Protocols.Commands;
using Xunit;

namespace MotCua.Edge.Commands.Tests;

public sealed class AppointmentsCommandTests : IDisposable
{
    private readonly Province province = new();

    public void Dispose() => province.Dispose();

    [Fact]
    public async Task The_provinces_list_becomes_the_centres_and_sending_it_again_changes_nothing()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        await GiveAsync(box, "lenh-1", ("HEN-1", "chung-thuc", 30), ("HEN-2", "ho-tich", 60));
        Assert.Equal((CommandState.Done, "Lịch hẹn: 2 mới, 0 đổi, 0 hủy, 0 giữ nguyên."), Last);
        var events = box.Events().Count;
        await GiveAsync(box, "lenh-2", ("HEN-1", "chung-thuc", 30), ("HEN-2", "ho-tich", 60));
        Assert.Equal((CommandState.Done, "Lịch hẹn: 0 mới, 0 đổi, 0 hủy, 2 giữ nguyên."), Last);
        Assert.DoesNotContain(box.Events().Skip(events), e => e.Data is Protocols.Events.AppointmentBooked or Protocols.Events.AppointmentCancelled);
        Assert.Equal(["HEN-1", "HEN-2"], Held(box));
    }

    [Fact]
    public async Task A_later_list_moves_and_cancels_in_its_stretch_of_time_and_leaves_the_rest()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        await GiveAsync(box, "lenh-1", ("HEN-1", "chung-thuc", 30), ("HEN-2", "ho-tich", 60), ("HEN-3", "ho-tich", 300));
        await GiveAsync(box, "lenh-2", hours: 2, ("HEN-1", "chung-thuc", 90));
        Assert.Equal((CommandState.Done, "Lịch hẹn: 0 mới, 1 đổi, 1 hủy, 0 giữ nguyên."), Last);
        Assert.Equal(["HEN-1", "HEN-3"], Held(box));
        Assert.Equal(Province.Morning.AddMinutes(90), box.Centre.Loop.Durable.State.Queue.Appointments[new AppointmentId("HEN-1")].Slot);
    }

    [Fact]
    public async Task Who_is_here_already_is_not_booked_a_second_time()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        await GiveAsync(box, "lenh-1", ("HEN-1", "chung-thuc", 30));
        Assert.True(box.Centre.Loop.TrySubmit(new CheckIn(new AppointmentId("HEN-1"), box.Centre.Identity.NewToken(), "api"), out var here));
        await box.RunAsync(1);
        Assert.IsType<Loop.Outcome.Accepted>(await here);
        await GiveAsync(box, "lenh-2", ("HEN-1", "chung-thuc", 30));
        Assert.Equal((CommandState.Done, "Lịch hẹn: 0 mới, 0 đổi, 0 hủy, 1 giữ nguyên."), Last);
        Assert.Empty(Held(box));
    }

    [Fact]
    public async Task Of_two_lists_at_once_the_later_one_is_what_holds_whichever_way_round_they_come()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        province.Send(Word("lenh-1", 9, 1, ("HEN-1", "chung-thuc", 30)));
        province.Send(Word("lenh-2", 9, 2, ("HEN-2", "chung-thuc", 40)));
        await box.RunAsync(5);
        Assert.Equal(["HEN-2"], Held(box));
        province.Send(Word("lenh-3", 9, 1, ("HEN-3", "chung-thuc", 50)));
        await box.RunAsync(3);
        Assert.Equal((CommandState.Failed, "Trung tâm đã nhận danh sách lịch hẹn mới hơn; danh sách này không còn dùng."), Last);
        Assert.Equal(["HEN-2"], Held(box));
    }

    [Fact]
    public async Task A_full_list_goes_in_a_part_at_a_time_and_is_whole()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        await GiveAsync(box, "lenh-1", [.. Enumerable.Range(1, AppointmentsBody.Most).Select(i => ($"HEN-{i:D2}", "chung-thuc", i))]);
        Assert.Equal((CommandState.Done, "Lịch hẹn: 80 mới, 0 đổi, 0 hủy, 0 giữ nguyên."), Last);
        Assert.Equal(AppointmentsBody.Most, Held(box).Count());
    }

    [Fact]
    public async Task What_the_centre_cannot_take_is_named_and_the_rest_is_held()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        await GiveAsync(box, "lenh-1", ("HEN-1", "dat-dai", 30), ("HEN-2", "ho-tich", 60));
        Assert.Equal(CommandState.Failed, Last.State);
        Assert.StartsWith("Lịch hẹn: 1 mới, 0 đổi, 0 hủy, 0 giữ nguyên. Không nhận 1: HEN-1 (", Last.Reason, StringComparison.Ordinal);
        Assert.Equal(["HEN-2"], Held(box));
    }

    [Theory]
    [InlineData("""{"from":"2026-11-23T01:00:00Z","to":"2026-11-23T01:00:00Z","appointments":[]}""", "to phải sau from")]
    [InlineData("""{"from":"2026-11-23T01:00:00Z","to":"2027-11-23T01:00:00Z","appointments":[]}""", "31 ngày")]
    [InlineData("""{"from":"2026-11-23T01:00:00Z","to":"2026-11-23T09:00:00Z","appointments":[{"id":"A B","service":"ho-tich","slot":"2026-11-23T02:00:00Z"}]}""", "chữ số")]
    [InlineData("""{"from":"2026-11-23T01:00:00Z","to":"2026-11-23T09:00:00Z","appointments":[{"id":"A","service":"ho-tich","slot":"2026-11-23T12:00:00Z"}]}""", "ngoài khoảng")]
    [InlineData("""{"from":"2026-11-23T01:00:00Z","to":"2026-11-23T09:00:00Z","appointments":[{"id":"A","service":"ho-tich","slot":"2026-11-23T02:00:00Z"},{"id":"A","service":"ho-tich","slot":"2026-11-23T03:00:00Z"}]}""", "hai lần")]
    [InlineData("""{"from":"2026-11-23T01:00:00Z","to":"2026-11-23T09:00:00Z","appointments":[null]}""", "chữ số")]
    [InlineData("""{"from":"2026-11-23T01:00:00Z","appointments":[]}""", "không đúng")]
    public async Task A_list_that_makes_no_sense_is_refused_whole(string body, string why)
    {
        using var box = province.Box();
        await box.RunAsync(1);
        province.Send(province.Word("lenh-1", CommandKinds.Appointments, body));
        await box.RunAsync(2);
        Assert.Equal(CommandState.Refused, Last.State);
        Assert.Contains(why, Last.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_list_fits_a_signed_word()
    {
        var slots = Enumerable.Range(0, AppointmentsBody.Most).Select(i => $$"""{"id":"{{new string('H', 38)}}{{i:D2}}","service":"{{new string('a', 32)}}","slot":"2026-11-23T08:30:00+07:00"}""");
        var word = province.Word("lenh-1", CommandKinds.Appointments, $$"""{"from":"2026-11-23T00:00:00Z","to":"2026-11-24T00:00:00Z","appointments":[{{string.Join(',', slots)}}]}""");
        Assert.InRange(word.Sign(province.Bridge.Key).Length, 1, Protocols.Trust.SignedToken.MaxBytes);
    }

    private (string State, string? Reason) Last => (province.Answers[^1].State, province.Answers[^1].Reason);

    private static IEnumerable<string> Held(TestCentre box) => box.Centre.Loop.Durable.State.Queue.Appointments.Keys.Select(id => id.Value).Order(StringComparer.Ordinal);

    private Task GiveAsync(TestCentre box, string id, params (string Id, string Service, int Minutes)[] slots) => GiveAsync(box, id, hours: 9, slots);

    private async Task GiveAsync(TestCentre box, string id, int hours, params (string Id, string Service, int Minutes)[] slots)
    {
        province.Send(Word(id, hours, null, slots));
        await box.RunAsync(5);
    }

    private Command Word(string id, int hours, int? made, params (string Id, string Service, int Minutes)[] slots)
    {
        var list = slots.Select(one => $$"""{"id":"{{one.Id}}","service":"{{one.Service}}","slot":"{{Province.Morning.AddMinutes(one.Minutes):O}}"}""");
        var asOf = made is { } minute ? $",\"asOf\":\"{Province.Morning.AddMinutes(minute):O}\"" : "";
        return province.Word(id, CommandKinds.Appointments, $$"""{"from":"{{Province.Morning:O}}","to":"{{Province.Morning.AddHours(hours):O}}","appointments":[{{string.Join(',', list)}}]{{asOf}}}""");
    }
}
