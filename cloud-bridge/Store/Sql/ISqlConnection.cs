using System.Data.Common;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>A connection of either engine for texts that both understand; values are named <c>$1</c>, <c>$2</c> … and are 64-bit numbers, texts, bytes or null. Used by one thread at a time.</summary>
/// <remarks>Failures are <see cref="BridgeStoreException"/>s; the connection is opened anew for the next use.</remarks>
internal interface ISqlConnection : IDisposable
{
    /// <summary>Texts may take as long as they need, since nobody waits for them.</summary>
    bool IsPatient { get; set; }

    /// <summary>Takes what only one bridge may have, until this connection ends.</summary>
    bool TryLead();

    /// <summary>Does all of it or nothing.</summary>
    void Transact(Action work);

    List<T> Query<T>(string text, Func<DbDataReader, T> map, params ReadOnlySpan<object?> values);

    /// <returns>Rows changed.</returns>
    int Run(string text, params ReadOnlySpan<object?> values);

    /// <summary>Makes a log that stands at an end already.</summary>
    void AddLog(LogId log, LogEnd end);

    /// <param name="rows">Values in the order of the table's columns; each key once.</param>
    void Put(ViewTable table, IReadOnlyList<object?[]> rows);
}
