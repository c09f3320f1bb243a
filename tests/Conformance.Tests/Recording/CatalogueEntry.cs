namespace GrpcDcr.Conformance.Tests.Recording;

/// <summary>One requirement of the catalogue.</summary>
/// <param name="Id">Its name in tests and in the document, such as <c>7592-2.1-01</c>.</param>
/// <param name="Section">Where it comes from, such as <c>RFC 7592 2.1</c>.</param>
/// <param name="Level">MUST, SHOULD or MAY as the source has it; SEC for hardening that no clause spells out; INT for what clients in use
/// need.</param>
/// <param name="Title">What is asked, in short.</param>
public sealed record CatalogueEntry(string Id, string Section, string Level, string Title);

/// <summary>The requirements that stand under one heading, in the order of their table.</summary>
public sealed record CatalogueGroup(string Heading, IReadOnlyList<CatalogueEntry> Entries);
