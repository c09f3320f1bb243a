namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>What no client can register, and so no client can make of itself by an update: the requirement, and what is sent.</summary>
public static class RefusedRows
{
    /// <summary>Whole documents that are refused with <c>invalid_redirect_uri</c>.</summary>
    public static TheoryData<string, string> RedirectUris => new()
    {
        { "7591-1.1-01", """{"Redirect_URIs":["https://client.example/cb"]}""" },
        { "7591-2-02", "{}" },
        { "7591-2-02", """{"redirect_uris":[]}""" },
        { "7591-2-02", """{"redirect_uris":null}""" },
        { "7591-2-02", """{"grant_types":["authorization_code"]}""" },
        { "6749-3.1.2.2-01", """{"token_endpoint_auth_method":"none"}""" },
        { "OIDR-2-01", """{"client_name":"x"}""" },
        { "7591-2-03", """{"redirect_uris":"https://client.example/cb"}""" },
        { "7591-2-03", """{"redirect_uris":[1]}""" },
        { "7591-2-03", """{"redirect_uris":[null]}""" },
        { "7591-2-03", """{"redirect_uris":[["https://x/"]]}""" },
        { "7591-2-03", """{"redirect_uris":{"0":"https://x/"}}""" },
        { "7591-2-03", """{"redirect_uris":[""]}""" },
        { "7591-2-03", """{"redirect_uris":true}""" },
        { "7591-5-02", """{"redirect_uris":["http://client.example/cb"]}""" },
        { "9700-2.6-01", """{"redirect_uris":["http://10.0.0.1/cb"]}""" },
        { "MCP-0326-03", """{"redirect_uris":["http://evil.example/cb"]}""" },
        { "OIDR-2-06", """{"redirect_uris":["https://client.example/cb","http://client.example/cb"]}""" },
        { "OIDR-2-05", """{"redirect_uris":["http://192.168.1.5/cb"],"application_type":"native"}""" },
        { "6749-3.1.2-02", """{"redirect_uris":["https://client.example/cb#"]}""" },
        { "7591-2.2-05", """{"redirect_uris#en":["https://evil.example/"]}""" },
    };

    /// <summary>Members beside a good redirect URI that are refused with <c>invalid_client_metadata</c>.</summary>
    public static TheoryData<string, string> Members => new()
    {
        { "7591-1.1-01", "\"grant_types\":[\"Authorization_Code\"]" },
        { "7591-2-06", "\"token_endpoint_auth_method\":\"foo\"" },
        { "7591-2-06", "\"token_endpoint_auth_method\":\"https://x.example/method\"" },
        { "7591-2-06", "\"token_endpoint_auth_method\":\"None\"" },
        { "9700-2.5-01", "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"https://client.example/jwks\"" },
        { "7591-2-09", "\"grant_types\":[\"jwt-bearer\"]" },
        { "7591-2-09", "\"grant_types\":[\"urn:ietf:params:oauth:grant-type:saml2-bearer\"]" },
        { "7591-2-14", "\"scope\":\"a\\\"b\"" },
        { "7591-2-14", "\"scope\":\"a\\\\b\"" },
        { "7591-2-14", "\"scope\":\"email\\tprofile\"" },
        { "7591-2-14", "\"scope\":\"\u00e9\"" },
        { "7591-2-15", "\"scope\":\"openid not-a-scope\"" },
        { "7591-2-16", "\"jwks\":\"{\\\"keys\\\":[]}\"" },
        { "7591-2-16", "\"jwks\":{}" },
        { "7591-2-16", "\"jwks\":{\"keys\":{}}" },
        { "7591-2-16", "\"jwks\":{\"keys\":[1]}" },
        { "7591-2-16", "\"jwks\":[]" },
        { "7591-2-17", "\"jwks\":{\"keys\":[]},\"jwks_uri\":\"https://client.example/jwks\"" },
        { "7591-2-18", "\"jwks_uri\":\"not a url\"" },
        { "7591-2-18", "\"jwks_uri\":\"/jwks\"" },
        { "7591-2-18", "\"jwks_uri\":\"http://client.example/jwks\"" },
        { "7591-2-18", "\"jwks_uri\":\"file:///jwks\"" },
        { "7591-2-18", "\"jwks_uri\":\"https://u:p@client.example/jwks\"" },
        { "7591-2-18", "\"jwks_uri\":\"https://client.example/jwks#k\"" },
        { "OIDR-2-09", "\"jwks_uri\":\"http://client.example/jwks\"" },
        { "OIDR-2-09", "\"jwks_uri\":\"http://127.0.0.1/jwks\"" },
        { "OIDR-2-10", "\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}" },
        { "OIDR-2-10", "\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"Ag\",\"d\":\"Aw\"}]}" },
        { "OIDR-2-03", "\"application_type\":\"desktop\"" },
        { "OIDR-2-03", "\"application_type\":1" },
        { "6749-A-04", "\"grant_types\":[\"a b\"]" },
        { "6749-A-04", "\"response_types\":[\"co-de\"]" },
        { "7591-5-06", "\"client_name\":\"Go\\u200bogle\"" },
        { "7591-5-06", "\"client_name\":\"\\u202eelgooG\"" },
        { "7591-2.2-04", "\"client_name#fr\":\"Go\\u200bogle\"" },
        { "8259-05", "\"client_name\":\"a\\u0000b\"" },
        { "8259-05", "\"software_id\":\"a\\nb\"" },
        { "8259-05", "\"contacts\":[\"a\\rb\"]" },
    };
}
