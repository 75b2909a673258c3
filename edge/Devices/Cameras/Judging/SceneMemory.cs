using MotCua.Edge.Devices.Cameras.Decoding;

namespace MotCua.Edge.Devices.Cameras.Judging;

/// <summary>What a camera usually sees, learned slowly and only from pictures that are well. In memory only.</summary>
internal sealed class SceneMemory
{
    /// <summary>As many pictures make the first memory: a quarter of a minute.</summary>
    public const int First = 6;

    // A cell that looks as always follows daylight within a minute; one that looks different belongs to the scene only after an hour, so that people who sit and wait do not.
    private const float Alike = 1 / 24f;
    private const float Different = 1 / 1800f;

    private readonly float[] pixels = new float[GreyPicture.Pixels];

    public float[] Mean { get; } = new float[Cells.Count];

    public double[] Spread { get; } = new double[Cells.Count];

    public int Learned { get; private set; }

    public bool IsReady => Learned >= First;

    public double Brightness => Mean.Average();

    public ReadOnlySpan<float> Patch(int cell) => pixels.AsSpan(cell * Cells.Pixels, Cells.Pixels);

    /// <summary>Cells with something to recognise.</summary>
    public bool IsTextured(int cell) => Spread[cell] >= 4;

    public int Textured => Enumerable.Range(0, Cells.Count).Count(IsTextured);

    /// <param name="likeness">Of each cell; not read while the first memory is made.</param>
    public void Learn(Cells now, ReadOnlySpan<double> likeness)
    {
        Learned = Math.Min(Learned + 1, First);
        for (var cell = 0; cell < Cells.Count; cell++)
        {
            var weight = !IsReady || likeness.IsEmpty ? 1f / Learned : likeness[cell] > 0.6 ? Alike : Different;
            var patch = now.Patch(cell);
            var known = pixels.AsSpan(cell * Cells.Pixels, Cells.Pixels);
            double sum = 0, squares = 0;
            for (var i = 0; i < patch.Length; i++)
            {
                known[i] += (patch[i] - known[i]) * weight;
                sum += known[i];
                squares += known[i] * known[i];
            }

            var mean = sum / Cells.Pixels;
            Mean[cell] = (float)mean;
            Spread[cell] = Math.Sqrt(Math.Max(0, (squares / Cells.Pixels) - (mean * mean)));
        }
    }

    public void Forget() => Learned = 0;
}
