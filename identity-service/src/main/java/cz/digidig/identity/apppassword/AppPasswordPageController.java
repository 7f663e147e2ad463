package cz.digidig.identity.apppassword;

import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of somebody's app passwords. A new one is in the answer to its form, and nowhere else. */
@Hidden
@PageController
@RequestMapping("/security/app-passwords")
class AppPasswordPageController {
    private static final int LONGEST_NAME = 100;

    private final AppPasswords passwords;

    AppPasswordPageController(AppPasswords passwords) {
        this.passwords = passwords;
    }

    @GetMapping
    String page(Authentication person, Model model) {
        return page(person, "", null, model);
    }

    private String page(Authentication person, String name, @Nullable String problem, Model model) {
        model.addAttribute("passwords", passwords.list(person.getName()));
        model.addAttribute("name", name);
        model.addAttribute("problem", problem);
        return "pages/app-passwords";
    }

    @PostMapping
    String create(
            Authentication person,
            @RequestParam(defaultValue = "") String name,
            HttpServletResponse response,
            Model model) {
        String wanted = name.strip();
        if (wanted.isEmpty() || wanted.length() > LONGEST_NAME) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(person, "", "app-passwords.name.missing", model);
        }
        model.addAttribute("made", passwords.create(person.getName(), wanted));
        return page(person, "", null, model);
    }

    @PostMapping("/revoke")
    String revoke(Authentication person, @RequestParam String id, RedirectAttributes redirect) {
        passwords.revoke(person.getName(), id);
        Toast.done(redirect, "app-passwords.revoked");
        return "redirect:/security/app-passwords";
    }
}
