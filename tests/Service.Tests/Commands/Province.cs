using System.Text;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Journal.Tests;
using MotCua.Edge.Loop;
using MotCua.Edge.Loop.Tests;
using MotCua.Edge.Trials;
using MotCua.Edge.Uplink.Tests;
using MotCua.Protocols;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Mqtt;
using MotCua.Testing;

namespace MotCua.Edge.Commands.Tests;

/// <summary>A province that outlives the box: its key, its true clock, what it holds, and what was answered.</summary>
internal sealed class Province : IDisposable
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private readonly long zero;
    private FakeLink link = new();

    public Province(ManualTime? time = null)
    {
        Time = time ?? new ManualTime();
        zero = Time.GetTimestamp();
        Bridge = new FakeBridge(LoopBench.Centre, (topic, payload) => link.Deliver(topic, payload)) { Clock = () => Now };
    }

    public ManualTime Time { get; }

    public FakeBridge Bridge { get; }

    public FakeLink Link => link;

    /// <summary>True time, whatever the box thinks.</summary>
    public DateTimeOffset Now => Morning + Time.GetElapsedTime(zero);

    /// <summary>All answers that reached the broker, in order.</summary>
    public List<CommandAnswer> Answers { get; } = [];

    public IEnumerable<string> States(string id) => Answers.Where(answer => answer.Id == id).Select(answer => answer.State);

    /// <summary>A box that is switched on.</summary>
    public TestCentre Box(SimulatedDisk? disk = null, int seed = 1, IClockTrust? clock = null, string yaml = TestCentre.Yaml, TrialSeam? trials = null,
        Func<Devices.Cameras.Camera, Devices.Cameras.Snapshots.ICameraPhotographer>? photographers = null)
    {
        link = new FakeLink { Subscriber = Hear };
        return new TestCentre(disk, Time, seed, link: link, province: Bridge.Key, clock: clock, yaml: yaml, trials: trials, photographers: photographers);
    }

    public Command Word(string id, string kind, string body = "{}", double minutes = 60) =>
        new(LoopBench.Centre, new CommandId(id), kind, JsonElement.Parse(body), Now, Now.AddMinutes(minutes));

    public Command Announce(string id, string text = "Trung tâm nghỉ trưa.", double minutes = 60) =>
        Word(id, CommandKinds.Announce, $$"""{"text":{{JsonSerializer.Serialize(text, TextJson.Default.String)}}}""", minutes);

    public void Send(Command word) => Send(word.Sign(Bridge.Key));

    public void Send(byte[] token) => link.Deliver(Topics.Command(LoopBench.Centre), token);

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void Dispose() => Bridge.Dispose();

    /// <summary>Told each message that the broker took, before the bridge is.</summary>
    public Action<MqttMessage>? Heard { get; set; }

    /// <summary>Pictures that reached the broker, in order.</summary>
    public List<Protocols.Snapshots.SnapshotMessage> Pictures { get; } = [];

    private void Hear(MqttMessage message)
    {
        Heard?.Invoke(message);
        if (Topics.TryParseUp(message.Topic, out _, out var kind, out var id) && kind == "res")
        {
            var answer = JsonSerializer.Deserialize(message.Payload.Span, AnswerJson.Default.CommandAnswer)!;
            Xunit.Assert.Equal(id, answer.Id);
            Answers.Add(answer);
        }
        else if (kind == "snap")
        {
            Pictures.Add(Protocols.Snapshots.SnapshotMessage.TryRead(message.Payload, out var reason) ?? throw new InvalidOperationException(reason));
            Xunit.Assert.Equal(id, Pictures[^1].Head.Id);
        }
        else
        {
            Bridge.Receive(message.Topic, message.Payload);
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class TextJson : System.Text.Json.Serialization.JsonSerializerContext;
