using System.Security.Cryptography;
using System.Text;

namespace MotCua.Edge.Clerks;

/// <summary>PINs: which are allowed, and their slow hash.</summary>
internal static class Pin
{
    public const int Shortest = 4;
    public const int Longest = 8;

    /// <summary>OWASP's figure for PBKDF2-SHA256 (Password Storage Cheat Sheet); a second on a small box, which a clerk waits for once a day and a thief for each guess.</summary>
    public const int Iterations = 600_000;

    private const int Bytes = 32;
    private const string Up = "01234567890";
    private const string Down = "09876543210";

    /// <returns>Null when the PIN may be used; else why not, in Vietnamese.</returns>
    public static string? WhyNot(string pin)
    {
        if (pin.Length is < Shortest or > Longest || !pin.All(char.IsAsciiDigit))
        {
            return $"Mã PIN gồm {Shortest} đến {Longest} chữ số.";
        }

        var tooEasy = pin.Distinct().Count() == 1 || Up.Contains(pin, StringComparison.Ordinal) || Down.Contains(pin, StringComparison.Ordinal);
        return tooEasy ? "Mã PIN quá dễ đoán (1234, 0000…); hãy chọn mã khác." : null;
    }

    public static Clerk Give(string name, ClerkRole role, string pin, int iterations = Iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new Clerk(name, role, Convert.ToBase64String(salt), Convert.ToBase64String(HashOf(pin, salt, iterations)), iterations);
    }

    public static bool Fits(Clerk clerk, string pin) =>
        CryptographicOperations.FixedTimeEquals(HashOf(pin, Convert.FromBase64String(clerk.Salt), clerk.Iterations), Convert.FromBase64String(clerk.Hash));

    /// <summary>Takes as long as a look at a clerk's PIN, so that the time of the answer tells nobody which names there are.</summary>
    public static void WasteTime(string pin) => HashOf(pin, new byte[16], Iterations);

    private static byte[] HashOf(string pin, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(pin), salt, iterations, HashAlgorithmName.SHA256, Bytes);
}
