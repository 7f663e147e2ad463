package cz.digidig.admin.domain;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/** Domains: list, a wizard of two steps (name, records), one domain with its live check. */
@PageController
class DomainsController {
    private static final String DOMAINS = "/api/domains";

    private final Backend backend;
    private final DnsLookup dns;

    DomainsController(Backend backend, DnsLookup dns) {
        this.backend = backend;
        this.dns = dns;
    }

    @GetMapping("/domains")
    String list(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String cursor, Model model) {
        model.addAttribute("q", q);
        model.addAttribute("cursor", cursor);
        Answer answer =
                backend.mine().get(Service.IDENTITY, DOMAINS, Map.of("q", q.strip(), "cursor", cursor, "limit", "50"));
        if (answer instanceof Answer.Away) {
            model.addAttribute("away", true);
            return "pages/domains";
        }
        JsonNode page = answer.orThrow();
        model.addAttribute("domains", page.path("items"));
        model.addAttribute("next", page.path("next").asString(""));
        return "pages/domains";
    }

    @GetMapping("/domains/new")
    String blank(Model model) {
        model.addAttribute("name", "");
        return "pages/domain-new";
    }

    @PostMapping("/domains")
    String create(@RequestParam String name, Model model, RedirectAttributes redirect) {
        JsonNode body = JsonNodeFactory.instance.objectNode().put("name", name.strip());
        String problem;
        switch (backend.mine().post(Service.IDENTITY, DOMAINS, body)) {
            case Answer.Done done -> {
                String made = done.body().path("name").asString(name);
                Toast.done(redirect, "domain.created", made);
                return "redirect:/domains/" + Calls.segment(made) + "?fresh";
            }
            case Answer.Refused refused ->
                problem = refused.fields().isEmpty()
                        ? refused.detail()
                        : refused.fields().getFirst().message();
            case Answer.Away _ -> problem = "away";
        }
        model.addAttribute("name", name);
        model.addAttribute("problem", problem);
        return "pages/domain-new";
    }

    private static String path(String name) {
        return DOMAINS + "/" + Calls.segment(name);
    }

    @GetMapping("/domains/{name}")
    String one(@PathVariable String name, @RequestParam(required = false) String fresh, Model model) {
        Calls calls = backend.mine();
        JsonNode domain = calls.get(Service.IDENTITY, path(name)).orThrow();
        String own = domain.path("name").asString(name);
        List<DnsRecord> records = records(calls, own);
        model.addAttribute("domain", domain);
        model.addAttribute("fresh", fresh != null);
        model.addAttribute("records", records);
        model.addAttribute("zone", zone(records));
        calls.get(Service.IDENTITY, path(own) + "/dkim")
                .content()
                .ifPresent(dkim -> model.addAttribute("keys", dkim.path("keys")));
        calls.get(Service.IDENTITY, "/api/aliases/" + Calls.segment("@" + own))
                .content()
                .ifPresent(catchAll -> model.addAttribute("catchAll", catchAll));
        return "pages/domain";
    }

    /** The live check, loaded by the page when it is there. */
    @GetMapping("/domains/{name}/check")
    String check(@PathVariable String name, Model model) {
        Calls calls = backend.mine();
        JsonNode domain = calls.get(Service.IDENTITY, path(name)).orThrow();
        List<String> servers = new ArrayList<>();
        smtp(calls).path("dnsServers").forEach(server -> servers.add(server.asString("")));
        model.addAttribute("domain", domain);
        model.addAttribute(
                "findings", dns.check(records(calls, domain.path("name").asString(name)), servers));
        return "pages/domain-check";
    }

    @GetMapping("/domains/{name}/zone")
    ResponseEntity<byte[]> zoneFile(@PathVariable String name) {
        Calls calls = backend.mine();
        String own =
                calls.get(Service.IDENTITY, path(name)).orThrow().path("name").asString(name);
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(ascii(own) + ".zone")
                                .build()
                                .toString())
                .body(zone(records(calls, own)).getBytes(StandardCharsets.UTF_8));
    }

    /** New keys are made, published, and only then used; or, where there is no time for that, used at once. */
    @PostMapping("/domains/{name}/dkim")
    String dkim(
            @PathVariable String name,
            @RequestParam String action,
            @RequestParam(defaultValue = "") String selector,
            RedirectAttributes redirect) {
        String keys = path(name) + "/dkim";
        String call =
                switch (action) {
                    case "make" -> keys;
                    case "rotate" -> keys + "/rotate";
                    case "activate", "retire" -> keys + "/" + Calls.segment(selector) + "/" + action;
                    default -> throw new ProblemException(ErrorCode.MALFORMED, "no such action");
                };
        switch (backend.mine().post(Service.IDENTITY, call, null)) {
            case Answer.Done _ -> Toast.done(redirect, "domain.dkim." + action + ".done");
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", "identity-service");
        }
        return "redirect:/domains/" + Calls.segment(name);
    }

    @PostMapping("/domains/{name}/delete")
    String delete(@PathVariable String name, @RequestParam String typed, RedirectAttributes redirect) {
        if (!typed.strip().equalsIgnoreCase(name)) {
            Toast.failed(redirect, "part.typed-otherwise", name);
            return "redirect:/domains/" + Calls.segment(name);
        }
        switch (backend.mine().delete(Service.IDENTITY, path(name))) {
            case Answer.Done _ -> {
                Toast.done(redirect, "domain.deleted", name);
                return "redirect:/domains";
            }
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", "identity-service");
        }
        return "redirect:/domains/" + Calls.segment(name);
    }

    private static JsonNode smtp(Calls calls) {
        return calls.get(Service.SMTP, "/api/config").content().orElse(MissingNode.getInstance());
    }

    private static List<DnsRecord> records(Calls calls, String domain) {
        String host = smtp(calls).path("hostname").asString("mail." + domain);
        List<DnsRecord.DkimKey> keys = new ArrayList<>();
        JsonNode known =
                calls.get(Service.IDENTITY, path(domain) + "/dkim").content().orElse(MissingNode.getInstance());
        for (JsonNode key : known.path("keys")) {
            if (!key.path("state").asString("").equals("expired")) {
                keys.add(new DnsRecord.DkimKey(
                        key.path("selector").asString(""),
                        key.path("record").path("value").asString("")));
            }
        }
        return DnsRecord.of(ascii(domain), ascii(host), keys);
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException _) {
            return name;
        }
    }

    private static String zone(List<DnsRecord> records) {
        StringBuilder zone = new StringBuilder();
        records.forEach(record -> zone.append(record.zoneLine()).append('\n'));
        return zone.toString();
    }
}
