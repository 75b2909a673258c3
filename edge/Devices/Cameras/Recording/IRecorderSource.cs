namespace MotCua.Edge.Devices.Cameras.Recording;

/// <summary>Asks one recorder what it has kept.</summary>
internal interface IRecorderSource
{
    /// <returns>In bounded time.</returns>
    /// <exception cref="CameraTroubleException">It refused, or what it says is not understood.</exception>
    /// <exception cref="IOException">No connection.</exception>
    /// <exception cref="InvalidDataException">Rubbish.</exception>
    Task<RecorderAnswer> AskAsync(CancellationToken stop);
}
