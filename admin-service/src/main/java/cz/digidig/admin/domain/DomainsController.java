package cz.digidig.admin.domain;

import cz.digidig.admin.backend.AdminProperties;
import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Calls.Wanted;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
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
    private static final Wanted SMTP = new Wanted(Service.SMTP, "/api/config");

    private final Backend backend;
    private final DnsLookup dns;
    private final AdminProperties properties;

    DomainsController(Backend backend, DnsLookup dns, AdminProperties properties) {
        this.backend = backend;
        this.dns = dns;
        this.properties = properties;
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
        model.addAttribute("fresh", fresh != null);
        return page(name, null, Map.of(), model);
    }

    /** A domain's page, with what was typed where that was refused. */
    private String page(String name, @Nullable LimitsForm typed, Map<String, String> problems, Model model) {
        Calls calls = backend.mine();
        JsonNode domain = calls.get(Service.IDENTITY, path(name)).orThrow();
        String own = domain.path("name").asString(name);
        List<Answer> answers = calls.get(List.of(
                dkim(own),
                SMTP,
                new Wanted(Service.IDENTITY, path(own) + "/limits"),
                new Wanted(Service.IDENTITY, "/api/aliases/" + Calls.segment("@" + own))));
        Optional<JsonNode> dkim = answers.get(0).content();
        String policy = policy(calls, own);
        List<DnsRecord> records = records(own, dkim, answers.get(1).content(), policy);
        model.addAttribute("domain", domain);
        model.addAttribute("policy", policy);
        model.addAttribute("asciiName", ascii(own));
        model.addAttribute("problems", problems);
        model.addAttribute("records", records);
        model.addAttribute("zone", zone(records));
        dkim.ifPresent(known -> model.addAttribute("keys", known.path("keys")));
        answers.get(2).content().ifPresent(limits -> {
            model.addAttribute("limits", limits);
            model.addAttribute("form", typed == null ? LimitsForm.of(limits) : typed);
        });
        answers.get(3).content().ifPresent(catchAll -> model.addAttribute("catchAll", catchAll));
        return "pages/domain";
    }

    /** The live check, loaded by the page when it is there. */
    @GetMapping("/domains/{name}/check")
    String check(@PathVariable String name, Model model) {
        Calls calls = backend.mine();
        JsonNode domain = calls.get(Service.IDENTITY, path(name)).orThrow();
        String own = domain.path("name").asString(name);
        List<Answer> answers = calls.get(List.of(dkim(own), SMTP));
        Optional<JsonNode> smtp = answers.get(1).content();
        List<String> servers = new ArrayList<>();
        smtp.ifPresent(known -> known.path("dnsServers").forEach(server -> servers.add(server.asString(""))));
        model.addAttribute("domain", domain);
        model.addAttribute(
                "findings", dns.check(records(own, answers.get(0).content(), smtp, policy(calls, own)), servers));
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

    @PostMapping("/domains/{name}/limits")
    String limit(@PathVariable String name, @ModelAttribute LimitsForm form, Model model, RedirectAttributes redirect) {
        if (!form.problems().isEmpty()) {
            return page(name, form, form.problems(), model);
        }
        return switch (backend.mine().put(Service.IDENTITY, path(name) + "/limits", form.body())) {
            case Answer.Done _ -> {
                Toast.done(redirect, "domain.limits.saved");
                yield "redirect:/domains/" + Calls.segment(name);
            }
            case Answer.Refused refused -> page(name, form, refused.problems("-"), model);
            case Answer.Away _ -> page(name, form, Map.of("", "away"), model);
        };
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

    private static Wanted dkim(String domain) {
        return new Wanted(Service.IDENTITY, path(domain) + "/dkim");
    }

    /** The MTA-STS policy as the webmail serves it; empty where it does not answer. */
    private static String policy(Calls calls, String domain) {
        return calls.text(Service.CLIENT, "/.well-known/mta-sts.txt", Map.of("domain", ascii(domain)))
                .orElse("");
    }

    /** The webmail's name; where browsers reach it by a number or on this machine alone, the mail server's. */
    private String web(String host) {
        String name = String.valueOf(properties.webmailUrl().getHost());
        return name.matches("[a-z0-9.-]*\\.[a-z][a-z0-9-]*") ? name : host;
    }

    private List<DnsRecord> records(Calls calls, String domain) {
        List<Answer> answers = calls.get(List.of(dkim(domain), SMTP));
        return records(domain, answers.get(0).content(), answers.get(1).content(), policy(calls, domain));
    }

    private List<DnsRecord> records(String domain, Optional<JsonNode> dkim, Optional<JsonNode> smtp, String policy) {
        String host = smtp.orElse(MissingNode.getInstance()).path("hostname").asString("mail." + domain);
        List<DnsRecord.DkimKey> keys = new ArrayList<>();
        for (JsonNode key : dkim.orElse(MissingNode.getInstance()).path("keys")) {
            if (!key.path("state").asString("").equals("expired")) {
                keys.add(new DnsRecord.DkimKey(
                        key.path("selector").asString(""),
                        key.path("record").path("value").asString("")));
            }
        }
        return DnsRecord.of(ascii(domain), ascii(host), web(ascii(host)), keys, policy);
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
