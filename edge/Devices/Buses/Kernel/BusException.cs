using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>What is wrong with a bus or a line, as far as a person can do something about it.</summary>
public enum BusFailure
{
    /// <summary>Something that only the error number tells.</summary>
    Other,

    /// <summary>The device file is not there: not switched on in the firmware, not plugged in, or a wrong name.</summary>
    NoDevice,

    /// <summary>The device was there and is gone.</summary>
    Gone,

    /// <summary>The chip has no such line.</summary>
    NoSuchLine,

    /// <summary>Another program, or a driver of the kernel, holds the line, address or device.</summary>
    InUse,

    /// <summary>The user may not open the device file.</summary>
    NotPermitted,

    /// <summary>The chip does not acknowledge.</summary>
    NotAnswering,

    /// <summary>The bus is stuck, or the device took too long.</summary>
    TimedOut,
}

/// <summary>A transfer or request on a real bus failed. The message names device, address or line, and errno in words.</summary>
/// <param name="device">Such as <c>gpiochip0</c> or <c>/dev/i2c-1</c>.</param>
/// <param name="place">Line or address on the device; null when the device itself failed.</param>
/// <param name="errno">The kernel's error number.</param>
/// <param name="more">What else is known, such as who holds it; null when nothing is.</param>
public sealed class BusException(BusFailure failure, string device, string? place, int errno, string? more = null)
    : IOException($"{device}{(place is null ? "" : ", " + place)}: {Marshal.GetPInvokeErrorMessage(errno)}{(more is null ? "" : "; " + more)}.")
{
    public BusFailure Failure { get; } = failure;

    public string Device { get; } = device;

    public string? Place { get; } = place;

    public int Errno { get; } = errno;

    /// <summary>Who holds what was asked for, where the kernel knows.</summary>
    public string? Holder { get; init; }

    /// <summary>What the error number of opening a device file, or of any call on an open one, means.</summary>
    internal static BusFailure Meaning(int errno) => errno switch
    {
        ErrorNumber.NoEntry => BusFailure.NoDevice,
        ErrorNumber.NotPermitted or ErrorNumber.AccessDenied => BusFailure.NotPermitted,
        ErrorNumber.Busy => BusFailure.InUse,
        ErrorNumber.NoDevice or ErrorNumber.NoDeviceOrAddress or ErrorNumber.Shutdown => BusFailure.Gone,
        ErrorNumber.TimedOut => BusFailure.TimedOut,
        _ => BusFailure.Other,
    };
}
