using MotCua.Edge.Devices.Health;
using MotCua.Edge.Health;
using MotCua.Protocols.Faults;

namespace MotCua.Edge.SelfTest;

/// <summary>Results in words, from what the centre knows of its devices.</summary>
internal sealed class Findings(DeviceBook book)
{
    public static SelfTestResult Ok(string text) => new(SelfTestVerdict.Ok, null, text);

    public static SelfTestResult NotTried(string text) => new(SelfTestVerdict.NotTried, null, text);

    /// <summary>A fault in the words of the catalogue: what is wrong and what to do.</summary>
    public static SelfTestResult Failed(string code, string? detail = null) => new(
        SelfTestVerdict.Failed, code,
        (FaultCatalogue.Find(code) is { } fault ? $"{fault.Title}. {fault.WhatToDo}" : code) + (detail is null ? "" : $" ({detail})"));

    public DeviceReport? Of(string device) => Known(device)?.Report;

    /// <summary>What a device has told since the program started; null when it has not.</summary>
    public DeviceReport? OfThisRun(string device) => Known(device) is { IsOfThisRun: true } known ? known.Report : null;

    /// <returns>What is wrong with a device now; null when nothing is known to be.</returns>
    public SelfTestResult? Fault(string device) => Of(device) is { Fault: { } fault } report ? Failed(fault.Value, report.Detail) : null;

    private KnownDevice? Known(string device) => book.All.FirstOrDefault(known => known.Device == device);
}
