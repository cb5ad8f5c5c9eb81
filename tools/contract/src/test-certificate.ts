/**
 * A certificate that signs itself, for `127.0.0.1`, `[::1]`, `localhost` and `metering.example`,
 * and its key. It holds from 2020 to 2120, and nothing but tests trusts it.
 */
export const testCertificate: { readonly cert: string; readonly key: string } = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIBATAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5QYXdwcmlu
dCB0ZXN0czAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGTEXMBUG
A1UEAwwOUGF3cHJpbnQgdGVzdHMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQs
n6Xy7Ace/AmZaNZZgiIU+sBfwBCK2za4bLRXIvPt3PP4d51UDET0tvalCi0loyBQ
epnFcbchymnvQFayOsIwo3IwcDAPBgNVHRMBAf8EBTADAQH/MD4GA1UdEQQ3MDWH
BH8AAAGHEAAAAAAAAAAAAAAAAAAAAAGCCWxvY2FsaG9zdIIQbWV0ZXJpbmcuZXhh
bXBsZTAdBgNVHQ4EFgQUYjq3ch/Cf9H4YWgjVlREQWipPUgwCgYIKoZIzj0EAwID
SAAwRQIgP77xOD/Bmdnrau6NvyXDCfzXHw7GVABJBZynA/jjnOcCIQCJnCaSO5Mk
5dU5BubzwCvQt35LZ5XzcG9kMjipS7rrZw==
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgHWs7Mz///qP7rtUH
+OOy86D/edsrd4n1DT1hP7zGIuWhRANCAAQsn6Xy7Ace/AmZaNZZgiIU+sBfwBCK
2za4bLRXIvPt3PP4d51UDET0tvalCi0loyBQepnFcbchymnvQFayOsIw
-----END PRIVATE KEY-----`,
};
