using MotCua.Edge.Devices.Cameras.Decoding;

namespace MotCua.Edge.Devices.Cameras.Judging;

/// <summary>Judges a camera by its tiny pictures: what is wrong is believed after it held for some seconds. Pure: the moment comes with the picture.</summary>
/// <remarks>
/// Everything is measured against this camera's own scene, in shares of cells, after light and noise are taken out; so a dim evening, a noisy night and a full hall are no
/// faults. A picture with a suspicion teaches the memory nothing, so that a cover is never learned as the scene.
/// </remarks>
internal sealed class PictureJudge(TimeProvider time)
{
    /// <summary>So long a trouble must hold, and so long its end.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(8);

    /// <summary>The same noise for so long: no live camera does that.</summary>
    public static readonly TimeSpan FrozenFor = TimeSpan.FromSeconds(9);

    /// <summary>A hall that looks quite different and stands still: somebody may only be moving furniture.</summary>
    public static readonly TimeSpan MovedFor = TimeSpan.FromSeconds(11);

    /// <summary>A view, or a focus, that has been different for so long by light is the new one: whoever turned the camera meant it.</summary>
    public static readonly TimeSpan NewViewAfter = TimeSpan.FromHours(12);

    // Below this a room is dusk.
    private const double Dim = 64;

    private readonly SceneMemory scene = new();
    private GreyPicture? before;
    private Cells? cellsBefore;
    private PictureTrouble suspicion;
    private long suspectedSince;
    private int seen;
    private TimeSpan litSince;
    private long? litAt;
    private bool isOfTheDark;
    private double fullness = -1;

    /// <summary>What is believed.</summary>
    public PictureTrouble Believed { get; private set; }

    /// <summary>Of the newest picture; null before the second.</summary>
    public PictureMeasures? Measures { get; private set; }

    public Occupancy Occupancy { get; private set; }

    /// <summary>The scene is known, so all troubles can be seen.</summary>
    public bool KnowsScene => scene.IsReady;

    /// <summary>As a room without its lamps.</summary>
    public static bool IsDark(GreyPicture picture) => Cells.Of(picture.Mean).Brightness < Dim;

    /// <param name="isLit">The hall is open, so a black picture is no night.</param>
    public PictureTrouble Take(GreyPicture picture, long at, bool isLit)
    {
        var cells = Cells.Of(picture.Mean);
        Span<double> likeness = stackalloc double[Cells.Count];
        var measures = PictureScale.Measure(picture, cells, before, cellsBefore, scene, likeness);
        var isFirst = before is null;
        (before, cellsBefore) = (picture, cells);
        if (isFirst)
        {
            return Believed; // Without a second one nobody knows its noise.
        }

        Measures = measures;
        if (isLit && isOfTheDark)
        {
            scene.Forget(); // What was learned at night is not what the day looks like.
            isOfTheDark = false;
        }

        var raw = Judge(measures, isLit);
        var found = isLit ? raw : WithoutLight(raw, measures);
        Suspect(found, at);
        if (raw == PictureTrouble.None && Believed == PictureTrouble.None && measures is { Brightness: >= 24, Flat: < 0.93 } && (isLit || isOfTheDark || !scene.IsReady))
        {
            isOfTheDark |= !isLit;
            scene.Learn(cells, scene.IsReady ? likeness : default);
            Fill(measures);
        }
        else if (Believed != PictureTrouble.None || measures.Brightness < 24)
        {
            (Occupancy, fullness) = (Occupancy.Unknown, -1);
        }

        // Hours with light only: a night shows nothing of what the view will be.
        var isView = Believed is PictureTrouble.Moved or PictureTrouble.Blurred;
        litSince = !isView ? TimeSpan.Zero : isLit && litAt is { } last ? litSince + time.GetElapsedTime(last, at) : litSince;
        litAt = isLit ? at : null;
        if (isView && litSince >= NewViewAfter)
        {
            scene.Forget();
        }

        return Believed;
    }

    /// <summary>The stream was interrupted: what comes next may be another moment, or another picture size.</summary>
    public void Interrupt()
    {
        (before, cellsBefore, litAt) = (null, null, null);
        (suspicion, seen) = (Believed, 0);
    }

    // Lamps off, curtains drawn, a camera that switches to infrared: a dark hall looks turned, blurred and covered. What was believed before by light is judged again by light.
    private PictureTrouble WithoutLight(PictureTrouble raw, PictureMeasures m)
    {
        var isView = Believed is PictureTrouble.Moved or PictureTrouble.Blurred;
        var isDark = m.Brightness < Dim;
        return raw switch
        {
            PictureTrouble.None or PictureTrouble.Moved or PictureTrouble.Blurred when isView => Believed,
            PictureTrouble.None or PictureTrouble.Covered when isDark && Believed == PictureTrouble.Covered => Believed,
            PictureTrouble.Moved or PictureTrouble.Blurred => PictureTrouble.None,
            PictureTrouble.Covered when isDark => PictureTrouble.None,
            _ => raw,
        };
    }

    private PictureTrouble Judge(PictureMeasures m, bool isLit)
    {
        // Whether anything can be seen comes first: an empty picture is also the same again and again.
        var isEmpty = scene.IsReady && scene.Textured >= 12 ? m.Lost >= 0.8 && m.Flat >= 0.75 : m.Flat >= 0.93;
        if (isEmpty)
        {
            return m.Brightness < 24 ? (isLit ? PictureTrouble.Black : PictureTrouble.None) : m.Brightness > 232 ? PictureTrouble.White : PictureTrouble.Covered;
        }

        // A clock that the camera writes into its picture goes on while the picture behind it stands.
        if (m.Same >= 0.94)
        {
            return PictureTrouble.Frozen;
        }

        if (!scene.IsReady || scene.Textured < 12 || m.Brightness < 24)
        {
            return PictureTrouble.None;
        }

        // A lens out of focus keeps the coarse lines and loses the fine ones; where the noise is as strong as those, nothing can be said.
        if (m.Sharpness < 0.45)
        {
            return m.Noise < 4 ? PictureTrouble.Blurred : PictureTrouble.None;
        }

        // A camera that was turned sees other things, and they stand still; people walk.
        return m.Alike < 0.36 && m.Steady > 0.65 ? PictureTrouble.Moved : PictureTrouble.None;
    }

    private void Suspect(PictureTrouble found, long at)
    {
        if (found != suspicion)
        {
            // A cover that wavers between grey and black is one trouble all the time.
            var goesOn = found != PictureTrouble.None && suspicion != PictureTrouble.None && suspicion != Believed;
            (suspectedSince, seen) = goesOn ? (suspectedSince, seen) : (at, 0);
            suspicion = found;
        }

        seen++;
        var held = time.GetElapsedTime(suspectedSince, at);
        var needed = found switch { PictureTrouble.Frozen => FrozenFor, PictureTrouble.Moved => MovedFor, _ => Hold };
        if (suspicion != Believed && seen >= 3 && held >= needed)
        {
            Believed = suspicion;
        }
    }

    // Smoothed over half a minute, with a margin at each border, so that it does not flutter.
    private void Fill(PictureMeasures measures)
    {
        if (!scene.IsReady)
        {
            return;
        }

        fullness = fullness < 0 ? measures.Filled : fullness + ((measures.Filled - fullness) / 12);
        Occupancy = Occupancy switch
        {
            Occupancy.Full => fullness > 0.24 ? Occupancy.Full : Occupancy.Normal,
            Occupancy.Normal => fullness > 0.32 ? Occupancy.Full : fullness < 0.02 ? Occupancy.Empty : Occupancy.Normal,
            _ => fullness > 0.32 ? Occupancy.Full : fullness > 0.05 ? Occupancy.Normal : Occupancy.Empty,
        };
    }
}
