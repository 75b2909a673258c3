using System.Threading.Channels;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Alsa;

namespace MotCua.Devices.Tests.Speech;

/// <summary>A playback stream that answers as it is told; when nothing is told it takes everything.</summary>
internal sealed class FakePcm : IPcm
{
    public const int Again = -11;
    public const int Underrun = -32;
    public const int Gone = -19;

    private readonly Channel<int> full = Channel.CreateUnbounded<int>();

    public Queue<int> WriteAnswers { get; } = new();

    public Queue<int> DrainAnswers { get; } = new();

    public int RecoverAnswer { get; set; }

    public List<byte> Played { get; } = [];

    public bool Closed { get; private set; }

    public int Write(ReadOnlySpan<byte> samples)
    {
        var frames = samples.Length / WavFile.BytesPerSample;
        var answer = WriteAnswers.TryDequeue(out var told) ? Math.Min(told, frames) : frames;
        if (answer > 0)
        {
            Played.AddRange(samples[..(answer * WavFile.BytesPerSample)]);
        }

        return Tell(answer);
    }

    public int Recover(int error) => RecoverAnswer;

    public int Drain() => Tell(DrainAnswers.TryDequeue(out var told) ? told : 0);

    public long DelayAnswer { get; set; }

    public long Delay() => DelayAnswer;

    public string Explain(int error) => $"error {-error}";

    public void Dispose() => Closed = true;

    /// <summary>Waits until the buffer was found full or still draining.</summary>
    public async Task AskedToWaitAsync() => await full.Reader.ReadAsync();

    private int Tell(int answer)
    {
        if (answer == Again)
        {
            full.Writer.TryWrite(answer);
        }

        return answer;
    }
}
