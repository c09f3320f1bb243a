using System.Collections;
using System.Text.Json;

namespace GrpcDcr.Server.Model;

/// <summary>
/// The values of the members that are there, in the order of their numbers. Never changes. A document has some ten of seventy members, so
/// two short arrays are smaller and quicker than any map.
/// </summary>
internal sealed class MemberValues : IReadOnlyCollection<KeyValuePair<MetadataMember, object>>
{
    private readonly byte[] _numbers;
    private readonly object[] _values;

    private MemberValues(byte[] numbers, object[] values) => (_numbers, _values) = (numbers, values);

    public static MemberValues None { get; } = new([], []);

    public int Count => _numbers.Length;

    /// <summary>The value, of the type of its kind; <see langword="null"/> when the member is absent.</summary>
    public object? this[MetadataMember member] =>
        _numbers.AsSpan().IndexOf((byte)member.Number) is var at and >= 0 ? _values[at] : null;

    /// <summary>The same with another value of a member; <see langword="null"/> leaves it out.</summary>
    public MemberValues With(MetadataMember member, object? value)
    {
        var builder = new Builder(this);
        builder.Set(member, value);
        return builder.Build();
    }

    public IEnumerator<KeyValuePair<MetadataMember, object>> GetEnumerator()
    {
        for (var i = 0; i < _numbers.Length; i++)
        {
            yield return new(MetadataMembers.Find(_numbers[i])!, _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gathers values. Quickest in the order of their numbers.</summary>
    public sealed class Builder
    {
        private byte[] _numbers;
        private object[] _values;
        private int _count;

        public Builder()
            : this(None)
        {
        }

        public Builder(MemberValues values)
        {
            _count = values.Count;
            _numbers = new byte[_count + 16];
            _values = new object[_count + 16];
            values._numbers.CopyTo(_numbers, 0);
            values._values.CopyTo(_values, 0);
        }

        public object? this[MetadataMember member] => IndexOf(member) is var at and >= 0 ? _values[at] : null;

        /// <summary>Sets a value; <see langword="null"/>, a JSON null and a list without entries leave the member out.</summary>
        public void Set(MetadataMember member, object? value)
        {
            var kept = value switch
            {
                IReadOnlyList<string> { Count: 0 } => null,
                IReadOnlyList<string> list => list as string[] ?? [.. list],
                JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
                _ => value,
            };
            RequireKind(member, kept);
            if (IndexOf(member) is var at and >= 0)
            {
                Replace(at, kept);
            }
            else if (kept is not null)
            {
                Insert((byte)member.Number, kept);
            }
        }

        public MemberValues Build() => _count == 0 ? None : new(_numbers[.._count], _values[.._count]);

        private int IndexOf(MetadataMember member) => _numbers.AsSpan(0, _count).IndexOf((byte)member.Number);

        private void Replace(int at, object? value)
        {
            if (value is not null)
            {
                _values[at] = value;
                return;
            }

            _count--;
            Array.Copy(_numbers, at + 1, _numbers, at, _count - at);
            Array.Copy(_values, at + 1, _values, at, _count - at);
        }

        private void Insert(byte number, object value)
        {
            if (_count == _numbers.Length)
            {
                Array.Resize(ref _numbers, _count * 2);
                Array.Resize(ref _values, _count * 2);
            }

            var at = _count;
            for (; at > 0 && _numbers[at - 1] > number; at--)
            {
                (_numbers[at], _values[at]) = (_numbers[at - 1], _values[at - 1]);
            }

            (_numbers[at], _values[at]) = (number, value);
            _count++;
        }

        /// <summary>All readers rely on it.</summary>
        private static void RequireKind(MetadataMember member, object? value)
        {
            if (value is not null && KindOf(value) != member.Kind)
            {
                throw new ArgumentException($"{member} has no values of the type {value.GetType().Name}.", nameof(value));
            }
        }

        private static MemberKind? KindOf(object value) => value switch
        {
            string => MemberKind.Text,
            string[] => MemberKind.Texts,
            bool => MemberKind.Flag,
            long => MemberKind.Number,
            JsonElement => MemberKind.Object,
            _ => null,
        };
    }
}
