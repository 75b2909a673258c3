namespace MotCua.Edge.Devices.Speech.Proof;

/// <summary>Listens for the <see cref="Pilot"/> in a stream of samples. Not thread-safe. Its memory does not grow.</summary>
/// <remarks>
/// Every 20 ms, how much of the last 80 ms is one of the five tones: the energy in that one frequency over the energy of all (a Goertzel filter's figure,
/// made of four blocks whose phases go on). The share does not depend on the level, so gain control and distance do not matter. The pilot is there when eight
/// windows, a note apart, hold the eight notes: each counts by how far its tone stands out, up to a bound, so that neither one loud whistle nor one lost note decides.
/// </remarks>
public sealed class PilotDetector
{
    private const int BlocksPerNote = 4;

    /// <summary>A tone that has this share of all energy counts fully.</summary>
    private const double FullShare = 0.25;

    /// <summary>Below this a note was not there at all.</summary>
    private const double Faint = 0.1;

    /// <summary>Half of the notes in their places may be music; all but one are the pilot.</summary>
    private const int MostMissing = 1;

    /// <summary>Mean of what the eight notes count, from 0 to 1, at which the pilot is believed: over what one steady tone reaches (0.25). Measured in <c>./bench pilot</c>.</summary>
    internal const double Threshold = 0.3;

    private readonly int blockLength;
    private readonly double[] turn = new double[Tones];
    private readonly double[] stepCos = new double[Tones];
    private readonly double[] stepSin = new double[Tones];
    private readonly double[] cos = new double[Tones];
    private readonly double[] sin = new double[Tones];
    private readonly double[] real = new double[Tones];
    private readonly double[] imaginary = new double[Tones];
    private readonly (double Real, double Imaginary)[,] blocks = new (double, double)[BlocksPerNote, Tones];
    private readonly double[] energies = new double[BlocksPerNote];
    private readonly double[,] counts = new double[Span, Tones];
    private double energy;
    private int inBlock;
    private long block;

    /// <param name="rate">Samples a second, 8,000 to 48,000.</param>
    public PilotDetector(int rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, WavFile.MinSampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, WavFile.MaxSampleRate);
        Rate = rate;
        blockLength = (int)(Pilot.NoteLength.TotalSeconds / BlocksPerNote * rate);
        for (var tone = 0; tone < Tones; tone++)
        {
            turn[tone] = 2 * Math.PI * Pilot.Tones[tone] / rate;
            (stepSin[tone], stepCos[tone]) = Math.SinCos(turn[tone]);
        }

        BeginBlock();
    }

    public int Rate { get; }

    /// <summary>True once the pilot was heard; stays so until <see cref="Reset"/>.</summary>
    public bool Heard { get; private set; }

    /// <summary>The best score so far, 0 to 1.</summary>
    public double Best { get; private set; }

    private static int Tones => Pilot.Tones.Length;

    // Windows that a whole pilot covers.
    private static int Span => BlocksPerNote * Pilot.Notes.Length;

    /// <summary>Takes the next samples, however many.</summary>
    public void Feed(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            var x = (double)sample;
            for (var tone = 0; tone < turn.Length; tone++)
            {
                real[tone] += x * cos[tone];
                imaginary[tone] -= x * sin[tone];
                (cos[tone], sin[tone]) = ((cos[tone] * stepCos[tone]) - (sin[tone] * stepSin[tone]), (sin[tone] * stepCos[tone]) + (cos[tone] * stepSin[tone]));
            }

            energy += x * x;
            if (++inBlock == blockLength)
            {
                EndBlock();
            }
        }
    }

    public void Reset()
    {
        Array.Clear(real);
        Array.Clear(imaginary);
        Array.Clear(blocks);
        Array.Clear(energies);
        Array.Clear(counts);
        (energy, inBlock, block, Heard, Best) = (0, 0, 0, false, 0);
        BeginBlock();
    }

    // The phase goes on from block to block; made anew for each, so that no error of rounding grows.
    private void BeginBlock()
    {
        for (var tone = 0; tone < Tones; tone++)
        {
            (sin[tone], cos[tone]) = Math.SinCos(turn[tone] * (block * blockLength));
        }
    }

    private void EndBlock()
    {
        var slot = (int)(block % BlocksPerNote);
        energies[slot] = energy;
        var all = energies.Sum() * blockLength * BlocksPerNote / 2;
        for (var tone = 0; tone < turn.Length; tone++)
        {
            blocks[slot, tone] = (real[tone], imaginary[tone]);
            double re = 0, im = 0;
            for (var i = 0; i < BlocksPerNote; i++)
            {
                re += blocks[i, tone].Real;
                im += blocks[i, tone].Imaginary;
            }

            // A pure tone over the whole window has a share of 1; digital silence has none.
            var share = all < 1 ? 0 : ((re * re) + (im * im)) / all;
            counts[block % Span, tone] = Math.Min(1, share / FullShare);
            (real[tone], imaginary[tone]) = (0, 0);
        }

        (energy, inBlock) = (0, 0);
        block++;
        BeginBlock();
        var score = Score();
        Best = Math.Max(Best, score);
        Heard |= score >= Threshold;
    }

    private double Score()
    {
        var (sum, missing) = (0.0, 0);
        for (var note = 0; note < Pilot.Notes.Length; note++)
        {
            // The last note ends with the newest window.
            var age = (Pilot.Notes.Length - 1 - note) * BlocksPerNote;
            var counted = block - 1 >= age ? counts[(block - 1 - age) % Span, Pilot.Notes[note]] : 0;
            sum += counted;
            missing += counted < Faint ? 1 : 0;
        }

        return missing <= MostMissing ? sum / Pilot.Notes.Length : 0;
    }
}
