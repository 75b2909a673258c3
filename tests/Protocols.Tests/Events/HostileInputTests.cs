using System.Text.Json;
using MotCua.Protocols.Events;
using MotCua.Protocols.Tests.Documents;

namespace MotCua.Protocols.Tests.Events;

/// <summary>Whatever comes in, the readers answer with a value or their own refusal, and never with anything else.</summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    private const int Storms = 30_000;

    [Fact]
    public void A_batch_cut_at_any_byte_is_refused()
    {
        var whole = Samples.Batch.ToBytes();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Null(EventBatchReader.TryRead(whole.AsMemory(0, length), out var reason));
            Assert.NotEmpty(reason);
        }
    }

    [Fact]
    public void An_event_cut_at_any_byte_is_refused()
    {
        foreach (var whole in Samples.EventBytes)
        {
            for (var length = 0; length < whole.Length; length++)
            {
                Assert.ThrowsAny<JsonException>(() => EventCodec.Read(whole.Span[..length]));
            }
        }
    }

    [Fact]
    public void A_batch_with_random_bytes_changed_is_taken_or_refused()
    {
        var seed = Seed();
        var random = new Random(seed);
        var whole = Samples.Batch.ToBytes();
        for (var i = 0; i < Storms; i++)
        {
            var batch = EventBatchReader.TryRead(Mutated(whole, random), out var reason);
            Assert.Equal(batch is null, reason.Length > 0);
        }
    }

    [Fact]
    public void An_event_with_random_bytes_changed_is_taken_or_refused()
    {
        var random = new Random(Seed());
        for (var i = 0; i < Storms; i++)
        {
            var bytes = Mutated(Samples.EventBytes[i % Samples.EventBytes.Count].ToArray(), random);
            try
            {
                Assert.NotNull(EventCodec.Read(bytes).Type);
            }
            catch (JsonException)
            {
                // Refused, as it may be.
            }
        }
    }

    private static byte[] Mutated(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)"{}[]\",:\\0u"[random.Next(10)];
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 20))..], (byte)' '];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
                    if (bytes.Length == 0)
                    {
                        return bytes;
                    }

                    break;
            }
        }

        return bytes;
    }

    private int Seed()
    {
        var seed = Environment.GetEnvironmentVariable("SEED") is { } text ? int.Parse(text) : System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"SEED={seed} replays this.");
        return seed;
    }
}
