package cz.digidig.identity.signin;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.common.web.PageController;
import cz.digidig.identity.account.Accounts;
import cz.digidig.identity.account.NewAccount;
import cz.digidig.identity.account.PasswordFault;
import cz.digidig.identity.account.Role;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.domain.Domains;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.settings.IdentitySettings.Registration;
import cz.digidig.identity.throttle.HourlyAllowance;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page by which people make their own accounts, where the settings let them. */
@Hidden
@PageController
@RequestMapping(RegistrationController.PATH)
class RegistrationController {
    static final String PATH = "/sign-in/register";

    private static final int LONGEST_NAME = 200;
    private static final Pattern LOCAL_PART = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

    /** What RFC 2142 and habit keep for operators, and what certificate authorities write to. */
    private static final Set<String> RESERVED = Set.of(
            "abuse",
            "admin",
            "administrator",
            "dmarc",
            "ftp",
            "hostmaster",
            "info",
            "mailer-daemon",
            "marketing",
            "news",
            "no-reply",
            "noc",
            "noreply",
            "postmaster",
            "root",
            "sales",
            "security",
            "support",
            "tls-rpt",
            "usenet",
            "uucp",
            "webmaster",
            "www");

    private final Accounts accounts;
    private final Domains domains;
    private final SignInSteps steps;
    private final HourlyAllowance allowance;
    private final CurrentSettings settings;
    private final Audit audit;

    RegistrationController(
            Accounts accounts,
            Domains domains,
            SignInSteps steps,
            HourlyAllowance allowance,
            CurrentSettings settings,
            Audit audit) {
        this.accounts = accounts;
        this.domains = domains;
        this.steps = steps;
        this.allowance = allowance;
        this.settings = settings;
        this.audit = audit;
    }

    /** In which domains people may register now; none: not at all. */
    private List<String> open() {
        Registration registration = settings.registration();
        return registration.enabled()
                ? registration.domains().stream()
                        .flatMap(name -> EmailAddress.domain(name).stream())
                        .filter(name -> domains.named(name).isPresent())
                        .toList()
                : List.of();
    }

    @GetMapping
    String page(Model model) {
        return form(new Form("", "", ""), required(), model);
    }

    private List<String> required() {
        List<String> open = open();
        if (open.isEmpty()) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "People can't register here");
        }
        return open;
    }

    @PostMapping
    String register(
            Form form,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        List<String> open = required();
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        Optional<String> fault = form.fault(open);
        if (fault.isPresent()) {
            model.addAttribute("fault", fault.get());
            return form(form, open, model);
        }
        Optional<PasswordFault> weak = accounts.fault(password, form.email());
        if (weak.isPresent()) {
            model.addAttribute("weak", weak.get());
            return form(form, open, model);
        }
        if (!password.equals(again)) {
            model.addAttribute("differs", true);
            return form(form, open, model);
        }
        if (!allowance.take(request.getRemoteAddr(), settings.registration().perAddressAndHour())) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            model.addAttribute("problem", "register.too-many");
            return form(form, open, model);
        }
        try {
            String id = accounts.create(
                    new NewAccount(form.email(), password, false, form.name(), List.of(Role.USER), null),
                    Reach.EVERYWHERE);
            audit.recordBy(id, AuditAction.ACCOUNT_REGISTERED, form.email(), form.domain(), "");
            response.setStatus(HttpStatus.OK.value());
            return steps.begin(id, List.of("pwd"), Continuation.of(null), request, response);
        } catch (ProblemException taken) {
            if (taken.code() != ErrorCode.EXISTS) {
                throw taken;
            }
            model.addAttribute("fault", "taken");
            return form(form, open, model);
        } catch (InvalidFields full) {
            // Address and password were looked at before: what is left are the domain's limits.
            model.addAttribute("problem", "register.full");
            return form(form, open, model);
        }
    }

    private String form(Form form, List<String> open, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("domains", open);
        model.addAttribute("shortest", settings.passwords().minimumLength());
        return "pages/register";
    }

    /**
     * What was typed.
     *
     * @param local the address before the {@code @}
     * @param domain the one chosen
     * @param name the person's
     */
    record Form(String local, String domain, String name) {
        Form(@Nullable String local, @Nullable String domain, @Nullable String name) {
            this.local = local == null ? "" : local.strip().toLowerCase(Locale.ROOT);
            this.domain = domain == null ? "" : domain;
            this.name = name == null ? "" : name.strip();
        }

        String email() {
            return local + "@" + domain;
        }

        Optional<String> fault(List<String> open) {
            if (RESERVED.contains(local)) {
                return Optional.of("reserved");
            }
            boolean right = LOCAL_PART.matcher(local).matches()
                    && !local.contains("..")
                    && open.contains(domain)
                    && name.length() <= LONGEST_NAME;
            return right ? Optional.empty() : Optional.of("address");
        }
    }
}
