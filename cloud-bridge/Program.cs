using System.Security.Cryptography;
using MotCua.CloudBridge.Enrolment;
using MotCua.CloudBridge.Hosting;
using MotCua.CloudBridge.Store;
using MotCua.Protocols.Mqtt;

if (args is ["keys", ..])
{
    return KeysCommand.Run(args[1..], Console.Out, Console.Error);
}

if (args is ["ca" or "certificates" or "revoke" or "enrol" or "check-broker", ..])
{
    return args[0] switch
    {
        "ca" => CaCommand.Make(args[1..], TimeProvider.System, Console.Out, Console.Error),
        "certificates" => CaCommand.List(args[1..], TimeProvider.System, Console.Out, Console.Error),
        "revoke" => CaCommand.Revoke(args[1..], TimeProvider.System, Console.Out, Console.Error),
        "enrol" => EnrolCommand.Run(args[1..], TimeProvider.System, Console.Out, Console.Error),
        _ => await CheckBrokerCommand.RunAsync(args[1..], TimeProvider.System, Console.Out, Console.Error),
    };
}

if (args is ["configure", ..])
{
    return await ConfigureCommand.RunAsync(args[1..], Console.Out, Console.Error);
}

if (args is ["move", ..])
{
    return MoveCommand.Run(args[1..], TimeProvider.System, Console.Out, Console.Error);
}

if (args is ["ledger", ..])
{
    return LedgerCommand.Run(args[1..], TimeProvider.System, Console.Out, Console.Error);
}

if (args is ["regions", ..])
{
    return RegionsCommand.Run(args[1..], TimeProvider.System, Console.Out, Console.Error);
}

if (args is ["forget", ..])
{
    return ForgetCommand.Run(args[1..], TimeProvider.System, Console.Out, Console.Error);
}

if (args is ["rebuild", ..])
{
    using var stop = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        stop.Cancel();
    };
    return RebuildCommand.Run(args[1..], TimeProvider.System, Console.Out, Console.Error, stop.Token);
}

if (BridgeOptions.TryRead(args is ["serve", ..] ? args[1..] : args, out var mistakes) is not { } options)
{
    foreach (var mistake in mistakes)
    {
        Console.Error.WriteLine(mistake);
    }

    return 2;
}

try
{
#pragma warning disable RS0030 // The rim: here, and only here, randomness comes from the machine.
    var random = new Random();
#pragma warning restore RS0030
    // A country's centres that come back at once say some 60,000 things about themselves; the bound in bytes stays.
    await using var app = BridgeApp.Build(options, new MosquittoLink(maxQueuedMessages: 65_536), TimeProvider.System, random);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is BridgeStoreException or CryptographicException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
