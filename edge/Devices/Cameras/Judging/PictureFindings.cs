namespace MotCua.Edge.Devices.Cameras.Judging;

/// <summary>What a picture shows to be wrong with a camera.</summary>
public enum PictureTrouble
{
    None,
    Frozen,
    Black,
    White,
    Covered,
    Blurred,
    Moved,
}

/// <summary>How full the hall is, coarsely; heads are not counted.</summary>
public enum Occupancy
{
    /// <summary>The camera does not show it now.</summary>
    Unknown,
    Empty,
    Normal,
    Full,
}

/// <summary>The measures of one picture, for technicians.</summary>
/// <param name="Brightness">0 to 255.</param>
/// <param name="Noise">Standard deviation of what differs from picture to picture, in grey levels.</param>
/// <param name="Flat">Share of the cells in which nothing can be seen.</param>
/// <param name="Lost">Share of the cells with something to recognise in which nothing can be seen now; 0 before the scene is learned.</param>
/// <param name="Alike">Share of those cells that look as always.</param>
/// <param name="Sharpness">Of the fine lines, compared with what is usual: 1.</param>
/// <param name="Steady">Share of the cells that look as in the picture before: people walk, a camera that was turned stands.</param>
/// <param name="Same">Share of the cells that are the picture before, noise and all.</param>
/// <param name="Filled">Share of the cells that differ from the empty hall.</param>
public sealed record PictureMeasures(double Brightness, double Noise, double Flat, double Lost, double Alike, double Sharpness, double Steady, double Same, double Filled);
