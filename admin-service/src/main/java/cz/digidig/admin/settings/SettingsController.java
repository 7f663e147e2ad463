package cz.digidig.admin.settings;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Moments;
import cz.digidig.admin.backend.Service;
import cz.digidig.admin.settings.FormWriter.Section;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A service's settings: the form, what would change, saving, conflicts, the history and the way back. */
@PageController
class SettingsController {
    private static final String CONFIG = "/api/config";
    static final String SCHEMA = "/api/config/schema";
    private static final String HISTORY = "/api/config/history";

    private final Backend backend;
    private final SettingNames names;
    private final MessageSource messages;
    private final JsonMapper json;

    SettingsController(Backend backend, SettingNames names, MessageSource messages, JsonMapper json) {
        this.backend = backend;
        this.names = names;
        this.messages = messages;
        this.json = json;
    }

    @ModelAttribute
    void common(Model model, @ModelAttribute("whole") boolean whole) {
        if (!whole) {
            throw new AccessDeniedException("settings are for administrators of the whole suite");
        }
        model.addAttribute("services", backend.services());
    }

    @GetMapping("/settings")
    String settings() {
        return "redirect:/settings/smtp";
    }

    /** What a form is made of. */
    private record Source(JsonNode schema, JsonNode values, String etag) {}

    private Optional<Source> source(Calls calls, Service service) {
        Answer schema = calls.get(service, SCHEMA);
        if (schema instanceof Answer.Done description && calls.get(service, CONFIG) instanceof Answer.Done current) {
            String etag = current.etag();
            return Optional.of(new Source(description.body(), current.body(), etag == null ? "*" : etag));
        }
        return Optional.empty();
    }

    static Service service(String key) {
        try {
            return Service.valueOf(key.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no service of this name");
        }
    }

    @GetMapping("/settings/{key}")
    String form(@PathVariable String key, Model model) {
        Service service = service(key);
        return source(backend.mine(), service)
                .map(source -> form(model, service, source, source.values(), Map.of(), false))
                .orElseGet(() -> away(model, service));
    }

    private static String away(Model model, Service service) {
        model.addAttribute("service", service);
        return "pages/settings-away";
    }

    private String form(
            Model model, Service service, Source source, JsonNode values, Map<String, String> errors, boolean changed) {
        List<Section> sections = new FormWriter(service, names, errors).sections(source.schema(), values);
        model.addAttribute("service", service);
        model.addAttribute("sections", sections);
        model.addAttribute("shown", shown(sections));
        model.addAttribute("etag", source.etag());
        model.addAttribute("before", json.writeValueAsString(source.values()));
        model.addAttribute("errors", errors.size());
        model.addAttribute("refusal", errors.get(""));
        model.addAttribute("changed", changed || !errors.isEmpty());
        return "pages/settings";
    }

    /** The part that is seen first: where something was refused, else the first. */
    private static String shown(List<Section> sections) {
        return sections.stream()
                .filter(Section::hasError)
                .findFirst()
                .or(() -> sections.stream().findFirst())
                .map(Section::id)
                .orElse("");
    }

    /** Also the way of adding and removing items where no script runs. */
    @PostMapping("/settings/{key}")
    String review(
            @PathVariable String key,
            @RequestParam String etag,
            @RequestParam String before,
            @RequestParam(required = false) @Nullable String add,
            @RequestParam(required = false) @Nullable String remove,
            HttpServletRequest request,
            Model model,
            RedirectAttributes redirect) {
        Service service = service(key);
        Optional<Source> found = source(backend.mine(), service);
        if (found.isEmpty()) {
            return away(model, service);
        }
        Source source = found.get();
        FormReader reader = new FormReader(inputs(request, add, remove), text("settings.not-a-number"));
        ObjectNode wanted = reader.read(source.schema(), source.values());
        Source asked = new Source(source.schema(), tree(before), etag);
        if (add != null || remove != null) {
            return form(model, service, asked, wanted, Map.of(), true);
        }
        if (!reader.errors().isEmpty()) {
            return form(model, service, asked, wanted, reader.errors(), true);
        }
        if (!etag.equals(source.etag())) {
            return conflict(model, service, asked, wanted);
        }
        var differences = new Differences(service, names, source.schema()).between(source.values(), wanted);
        if (differences.isEmpty()) {
            Toast.done(redirect, "settings.unchanged");
            return "redirect:/settings/" + service.key();
        }
        model.addAttribute("service", service);
        model.addAttribute("differences", differences);
        model.addAttribute("wanted", json.writeValueAsString(wanted));
        model.addAttribute("before", before);
        model.addAttribute("etag", etag);
        return "pages/settings-review";
    }

    /** The inputs, with an item more or less. */
    private static Map<String, String[]> inputs(
            HttpServletRequest request, @Nullable String add, @Nullable String remove) {
        Map<String, String[]> inputs = new LinkedHashMap<>(request.getParameterMap());
        if (remove != null) {
            inputs.keySet().removeIf(name -> name.equals(remove) || name.startsWith(remove + "."));
        }
        if (add != null) {
            inputs.put(add + "[999999]", new String[] {""});
        }
        return inputs;
    }

    @PostMapping("/settings/{key}/save")
    String save(
            @PathVariable String key,
            @RequestParam String etag,
            @RequestParam String wanted,
            @RequestParam String before,
            @RequestParam(required = false) @Nullable String back,
            Model model,
            RedirectAttributes redirect) {
        Service service = service(key);
        Calls calls = backend.mine();
        Optional<Source> found = source(calls, service);
        if (found.isEmpty()) {
            return away(model, service);
        }
        Source source = new Source(found.get().schema(), tree(before), etag);
        JsonNode values = tree(wanted);
        if (back != null) {
            return form(model, service, source, values, Map.of(), true);
        }
        return switch (calls.put(service, CONFIG, values, etag)) {
            case Answer.Done _ -> {
                Toast.done(redirect, "settings.saved");
                yield "redirect:/settings/" + service.key();
            }
            case Answer.Refused refused when refused.status() == 412 -> conflict(model, service, source, values);
            case Answer.Refused refused -> form(model, service, source, values, errors(refused), true);
            case Answer.Away _ -> {
                model.addAttribute("lost", true);
                yield form(model, service, source, values, Map.of("", text("settings.away")), true);
            }
        };
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException _) {
            throw new ProblemException(ErrorCode.MALFORMED, "the form is damaged");
        }
    }

    private static Map<String, String> errors(Answer.Refused refused) {
        Map<String, String> errors = new HashMap<>();
        refused.fields().forEach(field -> errors.merge(field.field(), field.message(), (a, b) -> a + "; " + b));
        if (errors.isEmpty()) {
            errors.put("", refused.detail());
        }
        return errors;
    }

    /** Somebody saved meanwhile: both versions side by side, and the choice. */
    private String conflict(Model model, Service service, Source source, JsonNode mine) {
        Calls calls = backend.mine();
        Optional<Source> now = source(calls, service);
        if (now.isEmpty()) {
            return away(model, service);
        }
        Source theirs = now.get();
        Differences differences = new Differences(service, names, theirs.schema());
        JsonNode before = source.values();
        List<Version> versions = versions(calls, service);
        model.addAttribute("service", service);
        model.addAttribute("theirs", differences.between(before, theirs.values()));
        model.addAttribute(
                "mine", differences.between(theirs.values(), Differences.onTopOf(theirs.values(), before, mine)));
        model.addAttribute("merged", json.writeValueAsString(Differences.onTopOf(theirs.values(), before, mine)));
        model.addAttribute("before", json.writeValueAsString(theirs.values()));
        model.addAttribute("etag", theirs.etag());
        model.addAttribute("last", versions.isEmpty() ? null : versions.getFirst());
        return "pages/settings-conflict";
    }

    /**
     * A version of the history.
     *
     * @param by who saved it; empty: not known
     * @param current whether it is in effect
     */
    record Version(String id, @Nullable Instant savedAt, String by, boolean current) {}

    private static List<Version> versions(Calls calls, Service service) {
        List<Version> versions = new ArrayList<>();
        for (JsonNode one : calls.get(service, HISTORY).content().orElse(MissingNode.getInstance())) {
            versions.add(new Version(
                    one.path("id").asString(""),
                    Moments.of(one.path("savedAt")),
                    one.path("changedBy").asString(""),
                    one.path("inEffect").asBoolean(false)));
        }
        return versions;
    }

    @GetMapping("/settings/{key}/history")
    String history(@PathVariable String key, Model model) {
        Service service = service(key);
        Calls calls = backend.mine();
        if (source(calls, service).isEmpty()) {
            return away(model, service);
        }
        model.addAttribute("service", service);
        model.addAttribute("versions", versions(calls, service));
        return "pages/settings-history";
    }

    @GetMapping("/settings/{key}/history/{id}")
    String version(@PathVariable String key, @PathVariable String id, Model model) {
        Service service = service(key);
        Calls calls = backend.mine();
        Optional<Source> found = source(calls, service);
        if (found.isEmpty()) {
            return away(model, service);
        }
        JsonNode old = calls.get(service, HISTORY + "/" + Calls.segment(id))
                .content()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such version"));
        model.addAttribute("service", service);
        model.addAttribute(
                "version",
                versions(calls, service).stream()
                        .filter(version -> version.id().equals(id))
                        .findFirst()
                        .orElse(null));
        model.addAttribute("id", id);
        model.addAttribute("etag", found.get().etag());
        model.addAttribute(
                "differences",
                new Differences(service, names, found.get().schema())
                        .between(found.get().values(), old));
        return "pages/settings-version";
    }

    @PostMapping("/settings/{key}/history/{id}")
    String restore(
            @PathVariable String key, @PathVariable String id, @RequestParam String etag, RedirectAttributes redirect) {
        Service service = service(key);
        String path = HISTORY + "/" + Calls.segment(id);
        switch (backend.mine().restore(service, path + "/restore", etag)) {
            case Answer.Done _ -> Toast.done(redirect, "settings.restored");
            case Answer.Refused refused
            when refused.status() == 412 -> {
                Toast.failed(redirect, "settings.changed-meanwhile");
                return "redirect:/settings/" + service.key() + "/history/" + id;
            }
            case Answer.Refused refused -> Toast.failed(redirect, "settings.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "settings.away");
        }
        return "redirect:/settings/" + service.key();
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
