using MotCua.Edge.Hosting;

return EdgeArguments.TryRead(args, Console.Error) switch
{
    null => EdgeArguments.UsageError,
    { Command: "check" } arguments => EdgeCheck.Run(arguments, Console.Out),
    { Command: "devices" } => EdgeDevices.Run(Console.Out),
    { Command: "self-test" } arguments => await EdgeSelfTest.RunAsync(arguments, Console.Out, TimeProvider.System, CancellationToken.None),
    var arguments => await EdgeService.RunAsync(arguments),
};
