package cz.digidig.admin;

import java.util.Map;

/** What the fake suite answers where nothing changes it. */
final class CannedAnswers {
    static final String SCHEMA = """
        {"type":"object","properties":{
          "hostname":{"type":"string","title":"Host name","description":"How this server names itself","x-group":"Server","default":"mail.digidig.test"},
          "listeners":{"type":"array","title":"Listeners","x-group":"Listeners","items":{"type":"object","properties":{
            "name":{"type":"string","title":"Name"},
            "port":{"type":"integer","title":"Port","minimum":0,"maximum":65535},
            "tls":{"type":"string","title":"Encryption","enum":["none","starttls","implicit"],"x-enum-titles":{"starttls":"STARTTLS"}},
            "enabled":{"type":"boolean","title":"Enabled"}}}},
          "maxMessageSize":{"type":"integer","title":"Largest message","description":"Beyond it a message is refused (552)","x-group":"Limits","x-unit":"octets","minimum":1024,"maximum":1073741824,"default":52428800},
          "smartHosts":{"type":"array","title":"Smart hosts","x-group":"Sending","items":{"type":"object","properties":{
            "host":{"type":"string","title":"Host"},
            "senderDomains":{"type":"array","title":"Sender domains","items":{"type":"string"}},
            "password":{"type":"string","title":"Password","format":"password","writeOnly":true}}}},
          "checks":{"type":"object","title":"Checks","x-group":"Checks","properties":{
            "spf":{"type":"string","title":"SPF","enum":["off","annotate","enforce"],"default":"off"}}},
          "dnsServers":{"type":"array","title":"Name servers","x-group":"DNS","items":{"type":"string"},"default":[]}}}
        """;
    static final String CONFIG = """
        {"hostname":"mail.digidig.test","listeners":[{"name":"mx","port":2525,"tls":"starttls","enabled":true},
         {"name":"submission","port":2587,"tls":"starttls","enabled":true}],"maxMessageSize":52428800,
         "smartHosts":[{"host":"relay.example.net","senderDomains":["a.example"],"password":"********"}],
         "checks":{"spf":"off"},"dnsServers":[]}
        """;

    static final String IMAP_SESSIONS = """
        {"items":[{"id":"abc-1","listener":"imaps","client":"192.0.2.8","began":"2026-01-01T00:00:00Z","tls":"TLSv1.3",
          "account":"alice@digidig.test","mailbox":"<img src=x onerror=alert(1)>","idle":true,"command":"IDLE",
          "commandAt":"2026-01-01T00:01:00Z","commands":7,"received":300,"sent":20480},
         {"id":"abc-0","listener":"imap","client":"192.0.2.9","began":"2026-01-01T00:00:00Z","tls":"","account":"",
          "mailbox":"","idle":false,"command":"","commandAt":"2026-01-01T00:00:00Z","commands":0,"received":0,"sent":90}],
         "next":"7","total":120}
        """;

    /** Answers that nothing changes, by path. */
    static final Map<String, String> BY_PATH = Map.of(
            "/api/aliases",
            """
            {"items":[{"id":"l1","address":"team@digidig.test","targets":["a@digidig.test","b@digidig.test"],"enabled":true}]}\
            """,
            "/api/aliases/l1",
            """
            {"id":"l1","address":"team@digidig.test","targets":["a@digidig.test"],"enabled":true}\
            """,
            "/api/groups",
            """
            {"items":[{"id":"g1","address":"crew@digidig.test","name":"<b>Bold</b>","members":["a@digidig.test"],
              "posting":"members","enabled":true}]}\
            """,
            "/api/groups/g1",
            """
            {"id":"g1","address":"crew@digidig.test","name":"<b>Bold</b>","members":["a@digidig.test","b@far.example"],
              "posting":"members","enabled":true}\
            """,
            "/api/accounts/a1/sessions",
            """
            [{"id":"s1","kind":"browser","startedAt":"2026-01-01T00:00:00Z","lastUsedAt":"2026-01-01T00:00:00Z",
              "address":"192.0.2.9","agent":"<script>alert(3)</script>","current":true}]\
            """,
            "/api/accounts/a1/app-passwords",
            """
            [{"id":"p1","name":"<img src=x onerror=alert(1)>","createdAt":"2026-01-01T00:00:00Z","lastUsedAt":null}]\
            """,
            "/api/accounts/a1/api-keys",
            """
            [{"id":"k1","name":"<b>Bold</b>","scopes":["admin"],"createdAt":"2026-01-01T00:00:00Z",
              "expiresAt":"2027-01-01T00:00:00Z"}]\
            """,
            "/api/accounts/a1/mailboxes",
            """
            {"items":[{"id":"m1","path":"<i>accepted</i>","messages":3,"size":2048}]}\
            """,
            "/api/accounts/me/api-keys",
            """
            [{"id":"k1","name":"<b>Bold</b>","scopes":["admin"],"createdAt":"2026-01-01T00:00:00Z",
              "expiresAt":"2027-01-01T00:00:00Z"}]\
            """);

    private CannedAnswers() {}
}
