package cz.digidig.admin.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.web.PageController;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;

/** Import and export of accounts. A file is judged first, and nothing is made before the person has seen the result. */
@PageController
class ImportController {
    private static final int MOST_PAGES = 1000;
    private static final long MEGA = 1024L * 1024;

    private final Backend backend;
    private final Cache<String, AccountImport> imports = Caffeine.newBuilder()
            .maximumSize(20)
            .expireAfterAccess(Duration.ofHours(2))
            .build();

    ImportController(Backend backend) {
        this.backend = backend;
    }

    @GetMapping("/accounts/import")
    String upload(Model model) {
        model.addAttribute("columns", AccountRow.COLUMNS);
        return "pages/import";
    }

    @PostMapping("/accounts/import")
    String judge(@RequestParam MultipartFile file, Principal person, Model model) throws IOException {
        List<AccountRow> rows = AccountCsv.read(new String(file.getBytes(), StandardCharsets.UTF_8));
        if (rows.isEmpty()) {
            model.addAttribute("columns", AccountRow.COLUMNS);
            model.addAttribute("problem", true);
            return "pages/import";
        }
        Calls calls = backend.mine();
        List<String> domains = new ArrayList<>();
        for (JsonNode domain : all(calls, "/api/domains")) {
            domains.add(domain.path("name").asString(""));
        }
        String id = UUID.randomUUID().toString();
        imports.put(id, new AccountImport(person.getName(), AccountImport.judged(rows, calls, domains)));
        return "redirect:/accounts/import/" + id;
    }

    private AccountImport found(String id, Principal person) {
        AccountImport found = imports.getIfPresent(id);
        if (found == null || !found.isOf(person.getName())) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no such import, or it is over for hours");
        }
        return found;
    }

    @GetMapping("/accounts/import/{id}")
    String show(@PathVariable String id, Principal person, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("run", found(id, person));
        return "pages/import-run";
    }

    @PostMapping("/accounts/import/{id}")
    String act(@PathVariable String id, @RequestParam String action, Principal person) {
        AccountImport run = found(id, person);
        if (action.equals("stop")) {
            run.stop();
        } else {
            run.start(backend.mine());
        }
        return "redirect:/accounts/import/" + id;
    }

    @GetMapping("/accounts/export")
    void export(HttpServletResponse response) throws IOException {
        Calls calls = backend.mine();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"accounts.csv\"");
        response.getWriter().write(AccountCsv.line(List.of("email", "displayName", "roles", "quotaMB", "enabled")));
        for (JsonNode account : all(calls, "/api/accounts")) {
            List<String> roles = new ArrayList<>();
            account.path("roles").forEach(role -> roles.add(role.asString("")));
            response.getWriter()
                    .write(AccountCsv.line(List.of(
                            account.path("email").asString(""),
                            account.path("displayName").asString(""),
                            String.join(" ", roles),
                            String.valueOf(account.path("quota").asLong(0) / MEGA),
                            account.path("enabled").asString(""))));
        }
    }

    private static List<JsonNode> all(Calls calls, String path) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES && (page == 0 || !cursor.isEmpty()); page++) {
            JsonNode answer = calls.get(Service.IDENTITY, path, Map.of("limit", "200", "cursor", cursor))
                    .orThrow();
            answer.path("items").forEach(all::add);
            cursor = answer.path("next").asString("");
        }
        return all;
    }
}
