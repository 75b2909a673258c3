using System.Reflection;

namespace MotCua.Edge.Hosting;

/// <summary>The version that is told to the province.</summary>
public static class EdgeVersion
{
    public static string Current { get; } = typeof(EdgeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
