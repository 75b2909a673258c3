using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>Configurations that were given to centres; they are written with everything else that a group changes (<see cref="BridgeWrites.Configurations"/>).</summary>
/// <remarks>Every operation throws <see cref="BridgeStoreException"/> when the engine fails.</remarks>
public interface IConfigurationStore
{
    /// <summary>Those of a centre, newest first, without their texts.</summary>
    IReadOnlyList<ConfigurationRecord> Read(CentreId centre, int limit);

    /// <summary>One with its text.</summary>
    /// <returns>Null when it was never given, or is long gone.</returns>
    ConfigurationRecord? Find(CentreId centre, long revision);

    /// <summary>The newest with this text, with it.</summary>
    ConfigurationRecord? FindText(CentreId centre, string hash);

    /// <summary>What the province wants of each centre now.</summary>
    IReadOnlyList<WantedConfiguration> ReadWanted();

    /// <summary>Centres that any was given to.</summary>
    IReadOnlyList<CentreId> ReadCentres();
}
