using System.Security.Cryptography;

namespace GrpcDcr.Server.Credentials;

/// <summary>
/// Random bytes for secrets, from the generator of the operating system: it is asked for a page at once, because a call costs as much as a
/// hundred secrets. Taken bytes are wiped from the page. A memory dump of the process may show bytes that are not taken yet.
/// </summary>
internal static class RandomBytes
{
    private const int PageBytes = 4096;

    [ThreadStatic]
    private static Page? _page;

    public static void Fill(Span<byte> destination) => (_page ??= new Page()).Take(destination);

    private sealed class Page
    {
        private readonly byte[] _bytes = new byte[PageBytes];
        private int _taken = PageBytes;

        public void Take(Span<byte> destination)
        {
            while (destination.Length > 0)
            {
                if (_taken == PageBytes)
                {
                    RandomNumberGenerator.Fill(_bytes);
                    _taken = 0;
                }

                var part = _bytes.AsSpan(_taken, Math.Min(destination.Length, PageBytes - _taken));
                part.CopyTo(destination);
                CryptographicOperations.ZeroMemory(part);
                _taken += part.Length;
                destination = destination[part.Length..];
            }
        }
    }
}
