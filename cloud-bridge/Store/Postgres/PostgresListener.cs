using Npgsql;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>Hears of commits of every bridge by LISTEN, on a connection of its own. Used by one caller at a time.</summary>
internal sealed class PostgresListener(NpgsqlDataSource source) : IDisposable
{
    /// <summary>Name that a commit notifies.</summary>
    public const string Channel = "motcua_commits";

    private NpgsqlConnection? open;

    public async Task WaitAsync(TimeSpan atMost, CancellationToken stop)
    {
        try
        {
            if (open is null)
            {
                open = await source.OpenConnectionAsync(stop);
                await using var listen = new NpgsqlCommand($"LISTEN {Channel}", open);
                await listen.ExecuteNonQueryAsync(stop);
                return; // What was committed before this moment was not heard: the caller looks first.
            }

            if (await open.WaitAsync(atMost, stop))
            {
                // One word was heard; this hears all others that wait, so that they do not pile up at the server.
                await using var rest = new NpgsqlCommand("SELECT 1", open);
                await rest.ExecuteNonQueryAsync(stop);
            }
        }
        catch (NpgsqlException e)
        {
            Dispose();
            throw PostgresBridgeStore.Failed(e);
        }
        catch (OperationCanceledException)
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        open?.Dispose();
        open = null;
    }
}
