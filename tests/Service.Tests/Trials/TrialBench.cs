using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Commands.Tests;
using MotCua.Edge.Journal.Tests;
using MotCua.Edge.Loop.Tests;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;

namespace MotCua.Edge.Trials.Tests;

/// <summary>A box that starts anew when it wants to, on the same card, with a file of its own; and a province whose broker is at 127.0.0.1 and keeps its newest configuration.</summary>
internal sealed class TrialBench : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trial-");
    private byte[]? retained;
    private bool wanted;
    private bool isDown;
    private int seed;

    public TrialBench(int seed = 1)
    {
        this.seed = seed;
        Disk = new SimulatedDisk(new Random(seed));
        File.WriteAllText(LocalFile, TestCentre.Yaml);
        Province.Heard = message =>
        {
            if (message.Topic == Topics.Birth(LoopBench.Centre))
            {
                Birth = JsonSerializer.Deserialize(message.Payload.Span, StateJson.Default.BirthMessage)!;
                if (retained is { } word)
                {
                    Province.Link.Deliver(Topics.Configuration(LoopBench.Centre), word);
                }
            }
        };
        Start();
    }

    public Province Province { get; } = new();

    public SimulatedDisk Disk { get; }

    public TestCentre Box { get; private set; } = null!;

    public StartingConfiguration Starting { get; private set; } = null!;

    public string LocalFile => Path.Combine(folder.FullName, "centre.yaml");

    public BirthMessage? Birth { get; private set; }

    public int Starts { get; private set; }

    public TrialState State => new TrialBook(Disk).Read();

    /// <summary>What the journal says of configurations.</summary>
    public IEnumerable<ConfigurationChanged> Told => Box.Events<ConfigurationChanged>();

    public IEnumerable<string> Outcomes => Told.Select(one => one.Outcome);

    /// <summary>What the province holds of them.</summary>
    public IEnumerable<ConfigurationChanged> Held => Province.Bridge.EventsOf(Box.Centre.Journal.Epoch).Select(bytes => EventCodec.Read(bytes).Data).OfType<ConfigurationChanged>();

    public static string With(string what, string instead) => TestCentre.Yaml.Replace(what, instead, StringComparison.Ordinal);

    /// <summary>A file of the same centre under another name.</summary>
    public static string Named(string name) => With("Phường Việt Trì", name);

    public byte[] Word(string text, long revision) => new DesiredConfiguration(LoopBench.Centre, revision, Province.Now, text).Sign(Province.Bridge.Key);

    /// <summary>The province gives it, and its broker keeps it.</summary>
    public void Give(string text, long revision) => Deliver(Word(text, revision), keep: true);

    public void Deliver(byte[] word, bool keep = false)
    {
        retained = keep ? word : retained;
        if (Province.Link.IsUp)
        {
            Province.Link.Deliver(Topics.Configuration(LoopBench.Centre), word);
        }
    }

    /// <summary>Lets time pass; a box that wants to start anew does.</summary>
    public async Task RunAsync(double seconds, double strideMs = 200)
    {
        for (var left = seconds; left > 0; left -= strideMs / 1000)
        {
            await Box.RunAsync(strideMs / 1000, strideMs);
            if (wanted)
            {
                Restart();
            }
        }
    }

    /// <summary>The program is started again on what is there.</summary>
    public void Start()
    {
        wanted = false;
        Starts++;
        Starting = StartingConfiguration.Choose(LocalFile, folder.FullName, new TrialBook(Disk), Province.Now);
        Box = Province.Box(Disk, ++seed, trials: new TrialSeam(new TrialBook(Disk), Starting, () => StartingConfiguration.HashOf(LocalFile)));
        Province.Link.Reachable = Starting.Options.Mqtt!.Host == "127.0.0.1";
        isDown = false;
        Box.Centre.Configurations!.RestartWanted += () => wanted = true;
    }

    public void Restart()
    {
        isDown = true;
        Box.Dispose();
        Start();
    }

    /// <summary>The power goes, and comes back.</summary>
    public void PowerCut(int chance)
    {
        if (isDown)
        {
            Disk.PowerCut(new Random(chance));
        }
        else
        {
            Box.PowerCut(chance);
        }

        Start();
    }

    public void Dispose()
    {
        Box.Dispose();
        Province.Dispose();
        folder.Delete(recursive: true);
    }
}
