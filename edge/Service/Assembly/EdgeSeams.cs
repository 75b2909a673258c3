using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Announcing;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Media;
using MotCua.Edge.Procedures;
using MotCua.Edge.Trials;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Assembly;

/// <summary>The hardware of a box, real or simulated at the wire.</summary>
public interface IHardware : IDisposable
{
    IGpioPort Gpio { get; }

    II2cBus I2c { get; }

    ISpeaker Speaker { get; }

    /// <summary>Listens whether calls really sound; null when the centre has none configured.</summary>
    IMicrophone? Microphone { get; }

    /// <param name="chipSelect">0 or 1.</param>
    ISpiDevice OpenSpi(int chipSelect);

    /// <summary>The line to the ticket printer; nothing is opened before its first use.</summary>
    IByteLine OpenPrinter(PrinterOptions wired);

    /// <summary>Where a stream of a camera is to be had: at the address of the file, unless the camera is simulated.</summary>
    Uri CameraAddress(Devices.Health.DeviceId camera, Uri wired) => wired;

    /// <summary>Where a recorder answers: at the address of the file, unless it is simulated.</summary>
    Uri RecorderAddress(Devices.Health.DeviceId recorder, Uri wired) => wired;
}

/// <summary>Everything that the edge takes from the world outside; a test brings its own time, chance, card, line and wires.</summary>
/// <param name="Random">For jitter only; secrets come from <paramref name="Identity"/>.</param>
/// <param name="NewEpoch">Random identity of a journal that begins.</param>
/// <param name="Guidance">Null when the centre plays none.</param>
/// <param name="Link">Null when the centre has no province configured.</param>
/// <param name="Media">Null when its televisions show no pictures and films.</param>
/// <param name="Trials">Null where the province may not send configurations.</param>
/// <param name="Clerks">Who has a PIN; null when nobody can have one.</param>
/// <param name="Procedures">Null when nothing can be looked up.</param>
public sealed record EdgeSeams(
    TimeProvider Time, Random Random, EdgeIdentity Identity, Func<Protocols.Events.EpochId> NewEpoch, IJournalFolder Journal, JournalOptions JournalOptions,
    IHardware Hardware, SpeechSeam Speech, IMqttLink? Link, ILoggerFactory Logs, IGuidanceShelf? Guidance = null, MediaShelf? Media = null, TrialSeam? Trials = null,
    Clerks.ClerkFile? Clerks = null, ProcedureShelf? Procedures = null)
{
    /// <summary>Whoever takes pictures with a camera; null for the real one.</summary>
    public Func<Devices.Cameras.Camera, Devices.Cameras.Snapshots.ICameraPhotographer>? Photographers { get; init; }
}
