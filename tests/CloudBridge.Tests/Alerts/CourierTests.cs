using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using MotCua.CloudBridge.Alerts.Telling;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>What is to be told reaches a real server in the end, in order, or is given up where people see it.</summary>
public sealed class CourierTests : IAsyncLifetime
{
    private readonly BridgeRig bridge = new();
    private readonly WebhookListener listener = new();
    private readonly WebhookSender webhooks = new(TimeProvider.System);
    private Courier courier = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await listener.StartAsync();
        var channels = new ChannelBook([new WebhookChannel("truc-ban", listener.Address, new WebhookTemplate(), null, "", "")]);
        courier = new Courier(bridge.Store, channels, webhooks, new MailSender(bridge.Time), new ProjectionStatus(), bridge.Time, new Random(1), NullLogger<Courier>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        webhooks.Dispose();
        bridge.Dispose();
    }

    [Fact]
    public async Task A_server_that_comes_back_is_told_everything_once_and_in_order()
    {
        Tell("truc-ban", "announced", "resolved");
        listener.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.All(listener.Requests, heard => Assert.Equal("announced", AlertMessage.Parse(heard.Body).Moment));
        Assert.InRange(listener.Requests.Count, 3, 6);
        listener.Requests.Clear();
        listener.Answer = _ => Task.CompletedTask;
        await PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["announced", "resolved"], listener.Requests.Select(heard => AlertMessage.Parse(heard.Body).Moment));
        Assert.All(bridge.Store.Alerts.ReadDeliveries(null, null, 10), one => Assert.Equal(DeliveryStates.Sent, one.State));
        Assert.Equal("HTTP 200", bridge.Store.Alerts.ReadAttempts(1, 100)[^1].Note);
    }

    [Fact]
    public async Task What_is_never_taken_is_given_up_after_its_attempts_and_sent_when_somebody_says_so()
    {
        Tell("truc-ban", "announced");
        listener.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        for (var i = 0; i < Courier.MostAttempts + 5; i++)
        {
            await courier.StepAsync(Stop);
            bridge.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(Courier.MostAttempts, listener.Requests.Count);
        Assert.Equal((DeliveryStates.Dead, "HTTP 500"), (bridge.Store.Alerts.FindDelivery(1)!.State, bridge.Store.Alerts.FindDelivery(1)!.Note));
        listener.Answer = _ => Task.CompletedTask;
        bridge.Store.Alerts.TryAgain(1, "Trực ban", "Máy chủ chat đã chạy", bridge.Time.GetUtcNow());
        await courier.StepAsync(Stop);
        Assert.Equal(DeliveryStates.Sent, bridge.Store.Alerts.FindDelivery(1)!.State);
    }

    [Fact]
    public async Task A_channel_that_is_gone_and_a_content_that_nobody_can_read_are_given_up_at_once()
    {
        Tell("kenh-cu", "announced");
        Save(new AlertDelivery(0, 1, "truc-ban", bridge.Time.GetUtcNow(), "{\"new\":1}", DeliveryStates.Waiting, 0, bridge.Time.GetUtcNow(), null));
        await courier.StepAsync(Stop);
        Assert.All(bridge.Store.Alerts.ReadDeliveries(null, null, 10), one => Assert.Equal(DeliveryStates.Dead, one.State));
        Assert.Empty(listener.Requests);
    }

    [Fact]
    public void Pauses_grow_to_half_an_hour_and_differ()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Courier.PauseAfter(1, 0.5));
        Assert.Equal(TimeSpan.FromSeconds(40), Courier.PauseAfter(4, 0.5));
        Assert.Equal(TimeSpan.FromMinutes(30), Courier.PauseAfter(1000, 0.5));
        Assert.Equal((TimeSpan.FromMinutes(22.5), TimeSpan.FromMinutes(37.5)), (Courier.PauseAfter(20, 0), Courier.PauseAfter(20, 1)));
    }

    private async Task PassAsync(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromSeconds(1))
        {
            await courier.StepAsync(Stop);
            bridge.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private void Tell(string channel, params string[] moments)
    {
        foreach (var moment in moments)
        {
            Save(new AlertDelivery(0, 1, channel, bridge.Time.GetUtcNow(), (WebhookTests.Message with { Moment = moment }).ToJson(), DeliveryStates.Waiting, 0, bridge.Time.GetUtcNow(), null));
        }
    }

    private void Save(AlertDelivery delivery) => bridge.Store.Alerts.Save(bridge.Store.Alerts.ReadMarks(), new AlertWrites([], [], [], [], [delivery]));
}
