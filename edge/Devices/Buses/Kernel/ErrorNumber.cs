namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>Error numbers that mean something of their own to a bus; every other one is told in the C library's words.</summary>
/// <remarks>Source: include/uapi/asm-generic/errno-base.h and errno.h; the same on x86-64, arm64 and ARM.</remarks>
internal static class ErrorNumber
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int NoDeviceOrAddress = 6;
    public const int Again = 11;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int NoDevice = 19;
    public const int InvalidArgument = 22;
    public const int NotATerminal = 25;
    public const int Shutdown = 108;
    public const int TimedOut = 110;
    public const int RemoteInputOutput = 121;
}
