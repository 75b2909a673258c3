namespace MotCua.Edge.Configuration;

/// <content>Compiled with <c>-p:UseNuGetDrivers=true</c> only.</content>
internal static partial class BuildChoices
{
    static partial void HoldNuGetDrivers(ref bool found) => found = true;
}
