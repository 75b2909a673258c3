using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Speech.Proof;

/// <summary>An ear in the hall: a microphone of the box, or a camera's sound track. Used by one caller at a time.</summary>
public interface IMicrophone
{
    DeviceId Id { get; }

    /// <summary>How late it tells what sounds, at most; a camera's track comes a second or two later.</summary>
    TimeSpan Delay { get; }

    /// <summary>Begins to listen. Returns at once.</summary>
    /// <exception cref="IOException">No such device, or it is in use.</exception>
    IListening Listen();

    /// <summary>The same for a recording that people will hear: at a rate as near to this one as the device has.</summary>
    /// <param name="rate">Samples a second, 8,000 to 48,000.</param>
    /// <inheritdoc cref="Listen()"/>
    IListening Listen(int rate) => Listen();
}

/// <summary>A microphone that listens now; ended by disposing it.</summary>
public interface IListening : IDisposable
{
    /// <summary>Samples a second, 8,000 to 48,000.</summary>
    int Rate { get; }

    /// <summary>Takes what came in since the last call, as much as fits; never waits.</summary>
    /// <returns>How many samples; 0 when nothing came yet. What was lost because nobody read for a second is left out.</returns>
    /// <exception cref="IOException">The device went away.</exception>
    int Read(Span<short> samples);
}
