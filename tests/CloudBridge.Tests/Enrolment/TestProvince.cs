using System.Diagnostics;
using MotCua.CloudBridge.Enrolment;
using MotCua.CloudBridge.Hosting;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.CloudBridge.Tests.Enrolment;

/// <summary>A province with keys, an authority and whatever it gives out, made by the commands that an operator uses.</summary>
internal sealed class TestProvince : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("province-");

    public TestProvince(TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        Assert.Equal(0, KeysCommand.Run(["--out", Ca], TextWriter.Null, TextWriter.Null));
        Said(0, CaCommand.Make, "--out", Ca, "--name", "Tỉnh Phú Thọ");
    }

    public TimeProvider Time { get; }

    public string Ca => Path.Combine(directory.FullName, "ca");

    public string Out => Path.Combine(directory.FullName, "out");

    public string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([directory.FullName, .. parts]);

    /// <summary>Runs a command of the program.</summary>
    /// <returns>Everything it said.</returns>
    public string Said(int code, Func<string[], TimeProvider, TextWriter, TextWriter, int> command, params string[] args)
    {
        using var said = new StringWriter();
        var found = command(args, Time, said, said);
        Assert.True(code == found, $"{found}: {said}");
        return said.ToString();
    }

    public string Enrol(params string[] args) => Said(0, EnrolCommand.Run, [.. args, "--ca", Ca, "--out", Out]);

    public string Revoke(string whom) => Said(0, CaCommand.Revoke, whom, "--ca", Ca);

    /// <returns>The broker's folder.</returns>
    public string Broker(string hosts = "localhost,127.0.0.1")
    {
        Enrol("--broker", hosts);
        return Path.Combine(Out, "broker");
    }

    public MqttTls Bridge(string name)
    {
        Enrol("--bridge", name);
        return FilesIn($"bridge.{name}", "bridge");
    }

    public MqttTls Centre(string id, params string[] more)
    {
        Enrol([id, "--mqtt", "localhost:8883", .. more]);
        return FilesIn(id, "centre");
    }

    public void Dispose() => directory.Delete(recursive: true);

    /// <summary>Asks OpenSSL's own program, which shares no code with what made the files.</summary>
    public static (int Code, string Output) OpenSsl(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + complaints.GetAwaiter().GetResult());
    }

    private MqttTls FilesIn(string folder, string name) => new(Path.Combine(Out, folder, BundleFiles.Ca), Path.Combine(Out, folder, $"{name}.pem"), Path.Combine(Out, folder, $"{name}.key"));
}
