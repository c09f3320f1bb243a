using System.Collections;
using System.Text.Json;

namespace GrpcDcr.Server.Model;

/// <summary>
/// The values of the present members, in the order of their numbers. Immutable. A document has about ten of seventy members, so two short
/// arrays are smaller and faster than a map.
/// </summary>
internal sealed class MemberValues : IReadOnlyCollection<KeyValuePair<MetadataMember, object>>
{
    private readonly byte[] _numbers;
    private readonly object[] _values;

    private MemberValues(byte[] numbers, object[] values) => (_numbers, _values) = (numbers, values);

    public static MemberValues None { get; } = new([], []);

    public int Count => _numbers.Length;

    /// <summary>Whether a member of <see cref="ExtensionMembers"/> is present. Most clients have none.</summary>
    public bool HaveExtensions => _numbers is [.., var last] && last >= MetadataMembers.FirstExtension;

    /// <summary>The value, with the type of its kind; <see langword="null"/> if the member is absent.</summary>
    public object? this[MetadataMember member] =>
        _numbers.AsSpan().IndexOf((byte)member.Number) is var at and >= 0 ? _values[at] : null;

    /// <summary>A copy with another value of a member; <see langword="null"/> removes it.</summary>
    public MemberValues With(MetadataMember member, object? value)
    {
        var builder = new Builder(this);
        builder.Set(member, value);
        return builder.Build();
    }

    /// <summary>Allocates nothing.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<MetadataMember, object>> IEnumerable<KeyValuePair<MetadataMember, object>>.GetEnumerator() =>
        GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator(MemberValues values) : IEnumerator<KeyValuePair<MetadataMember, object>>
    {
        private int _at = -1;

        public readonly KeyValuePair<MetadataMember, object> Current =>
            new(MetadataMembers.Find(values._numbers[_at])!, values._values[_at]);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_at < values._numbers.Length;

        public void Reset() => _at = -1;

        public readonly void Dispose()
        {
        }
    }

    /// <summary>Builds values.</summary>
    public sealed class Builder
    {
        private byte[] _numbers;
        private object[] _values;
        private int _count;

        public Builder(MemberValues? values = null)
        {
            values ??= None;
            _count = values.Count;
            _numbers = new byte[_count + 16];
            _values = new object[_count + 16];
            values._numbers.CopyTo(_numbers, 0);
            values._values.CopyTo(_values, 0);
        }

        public object? this[MetadataMember member] => IndexOf(member) is var at and >= 0 ? _values[at] : null;

        /// <summary>Sets a value; <see langword="null"/>, a JSON null and an empty list remove the member.</summary>
        /// <exception cref="ArgumentException">The value does not have the type of the member.</exception>
        public void Set(MetadataMember member, object? value)
        {
            var (kept, at) = (Normalized(value), IndexOf(member));
            if (kept is null)
            {
                Remove(at);
                return;
            }

            if (KindOf(kept) != member.Kind)
            {
                throw new ArgumentException($"{member} has no values of the type {kept.GetType().Name}.", nameof(value));
            }

            if (at < 0)
            {
                at = ~at;
                Insert(at, (byte)member.Number);
            }

            _values[at] = kept;
        }

        public MemberValues Build() => _count == 0 ? None : new(_numbers[.._count], _values[.._count]);

        private void Insert(int at, byte number)
        {
            if (_count == _numbers.Length)
            {
                Array.Resize(ref _numbers, 2 * _count);
                Array.Resize(ref _values, 2 * _count);
            }

            Array.Copy(_numbers, at, _numbers, at + 1, _count - at);
            Array.Copy(_values, at, _values, at + 1, _count - at);
            _numbers[at] = number;
            _count++;
        }

        private void Remove(int at)
        {
            if (at >= 0)
            {
                _count--;
                Array.Copy(_numbers, at + 1, _numbers, at, _count - at);
                Array.Copy(_values, at + 1, _values, at, _count - at);
            }
        }

        /// <summary>The complement of its position if it is absent. Most are set in the order of their numbers.</summary>
        private int IndexOf(MetadataMember member) => _count == 0 || _numbers[_count - 1] < member.Number
            ? ~_count
            : _numbers.AsSpan(0, _count).BinarySearch((byte)member.Number);

        private static object? Normalized(object? value) => value switch
        {
            string or string[] { Length: > 0 } => value,
            IReadOnlyList<string> { Count: 0 } or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
            IReadOnlyList<string> list => list.ToArray(),
            _ => value,
        };

        private static MemberKind? KindOf(object value) => value switch
        {
            string => MemberKind.Text,
            string[] => MemberKind.Texts,
            bool => MemberKind.Flag,
            long => MemberKind.Number,
            JsonElement => MemberKind.Json,
            _ => null,
        };
    }
}
