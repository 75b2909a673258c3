using System.Security.Cryptography;

namespace MotCua.Protocols.Events;

/// <summary>The hash chain of a journal: SHA-256 over the previous hash and an event's canonical bytes. The chain of a new epoch starts at 32 zero bytes.</summary>
/// <remarks>Equal hashes at one sequence number mean equal logs up to it, bit for bit; that is what an acknowledgement promises.</remarks>
public readonly struct ChainHash : IEquatable<ChainHash>
{
    public const int Size = 32;

    private readonly UInt128 high;
    private readonly UInt128 low;

    private ChainHash(UInt128 high, UInt128 low) => (this.high, this.low) = (high, low);

    public static ChainHash Genesis => default;

    /// <param name="bytes">Exactly 32 bytes.</param>
    public static ChainHash From(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new ChainHash(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
        : throw new ArgumentException("A chain hash has 32 bytes.", nameof(bytes));

    public static bool TryParse(ReadOnlySpan<char> hex, out ChainHash hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (hex.Length == Size * 2 && Convert.FromHexString(hex, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == Size)
        {
            hash = From(bytes);
            return true;
        }

        hash = default;
        return false;
    }

    /// <summary>The hash after one more event.</summary>
    public ChainHash Next(ReadOnlySpan<byte> canonicalEvent)
    {
        Span<byte> digest = stackalloc byte[Size];
        if (canonicalEvent.Length <= 2048)
        {
            Span<byte> joined = stackalloc byte[Size + canonicalEvent.Length];
            CopyTo(joined);
            canonicalEvent.CopyTo(joined[Size..]);
            SHA256.HashData(joined, digest);
        }
        else
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            CopyTo(digest);
            sha.AppendData(digest);
            sha.AppendData(canonicalEvent);
            sha.GetHashAndReset(digest);
        }

        return From(digest);
    }

    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(destination, high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(destination[16..], low);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public bool Equals(ChainHash other) => high == other.high && low == other.low;

    public override bool Equals(object? obj) => obj is ChainHash other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(high, low);

    public static bool operator ==(ChainHash left, ChainHash right) => left.Equals(right);

    public static bool operator !=(ChainHash left, ChainHash right) => !left.Equals(right);
}
