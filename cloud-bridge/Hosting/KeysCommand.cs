using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Hosting;

/// <summary><c>cloud-bridge keys --out DIR</c>: makes the province's key pair. An existing key is never overwritten: every centre trusts it.</summary>
public static class KeysCommand
{
    public const string PrivateFile = "province.key";

    public const string PublicFile = "province.pub";

    /// <returns>Exit code: 0, 1 when the files could not be written, 2 for a wrong command line.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is not ["--out", { Length: > 0 } directory])
        {
            errors.WriteLine("cloud-bridge keys --out DIR");
            return 2;
        }

        try
        {
            Directory.CreateDirectory(directory);
            using var key = ProvinceKey.Create();
            TrustFile.Write(Path.Combine(directory, PrivateFile), key.PrivatePem(), TrustFile.OwnerOnly, mayReplace: false);
            TrustFile.Write(Path.Combine(directory, PublicFile), key.PublicPem(), TrustFile.Everyone, mayReplace: false);
            output.WriteLine($"{PrivateFile} stays with the bridge; {PublicFile} goes to every centre. Both are in {directory}.");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }
}
