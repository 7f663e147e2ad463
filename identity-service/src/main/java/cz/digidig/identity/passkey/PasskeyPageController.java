package cz.digidig.identity.passkey;

import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of somebody's passkeys. */
@Hidden
@PageController
@RequestMapping("/security/passkeys")
class PasskeyPageController {
    private static final String HERE = "redirect:/security/passkeys";
    private static final int LONGEST_NAME = 100;

    private final Passkeys passkeys;
    private final Clock clock;

    PasskeyPageController(Passkeys passkeys, Clock clock) {
        this.passkeys = passkeys;
        this.clock = clock;
    }

    @GetMapping
    String page(Authentication person, HttpServletRequest request, Model model) {
        model.addAttribute("list", passkeys.list(person.getName()));
        model.addAttribute("passkeyHost", passkeys.host());
        model.addAttribute("elsewhere", request.getServerName().equals(passkeys.host()) ? "" : passkeys.origin());
        return "pages/passkeys";
    }

    @PostMapping("/options")
    ResponseEntity<String> options(Authentication person, HttpServletRequest request) {
        Question question = passkeys.askForNew(person);
        Challenge.give(request, question, clock.instant());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(question.json());
    }

    @PostMapping
    String add(
            Authentication person,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String credential,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        String wanted = name.strip();
        Optional<String> challenge = Challenge.take(request, clock.instant());
        boolean added = challenge.isPresent()
                && !wanted.isEmpty()
                && wanted.length() <= LONGEST_NAME
                && passkeys.add(person, challenge.get(), credential, wanted);
        if (added) {
            Toast.done(redirect, "passkeys.added");
        } else {
            Toast.failed(redirect, "passkeys.refused");
        }
        return HERE;
    }

    @PostMapping("/remove")
    String remove(Authentication person, @RequestParam String id, RedirectAttributes redirect) {
        passkeys.remove(person.getName(), id);
        Toast.done(redirect, "passkeys.removed");
        return HERE;
    }
}
