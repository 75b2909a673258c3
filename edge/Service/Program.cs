using MotCua.Edge.Hosting;

return EdgeArguments.TryRead(args, Console.Error) switch
{
    null => EdgeArguments.UsageError,
    { Command: "check" } arguments => EdgeCheck.Run(arguments, Console.Out),
    var arguments => await EdgeService.RunAsync(arguments),
};
