package cz.digidig.admin.account;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Ends what opens an account: sessions, app passwords, API keys, a second factor that was lost. */
@PageController
class AccessController {
    private final Backend backend;

    AccessController(Backend backend) {
        this.backend = backend;
    }

    @PostMapping("/accounts/{id}/sessions")
    String end(@PathVariable String id, @RequestParam(defaultValue = "") String session, RedirectAttributes redirect) {
        return session.isEmpty()
                ? end(id, "/sessions", "access.ended-all", redirect)
                : end(id, "/sessions/" + Calls.segment(session), "access.ended", redirect);
    }

    @PostMapping("/accounts/{id}/app-passwords")
    String revokePassword(@PathVariable String id, @RequestParam String secret, RedirectAttributes redirect) {
        return end(id, "/app-passwords/" + Calls.segment(secret), "access.password-revoked", redirect);
    }

    @PostMapping("/accounts/{id}/api-keys")
    String revokeKey(@PathVariable String id, @RequestParam String secret, RedirectAttributes redirect) {
        return end(id, "/api-keys/" + Calls.segment(secret), "access.key-revoked", redirect);
    }

    @PostMapping("/accounts/{id}/second-factor")
    String removeFactor(@PathVariable String id, RedirectAttributes redirect) {
        return end(id, "/second-factor", "access.factor-removed", redirect);
    }

    private String end(String id, String what, String done, RedirectAttributes redirect) {
        String account = "/accounts/" + Calls.segment(id);
        switch (backend.mine().delete(Service.IDENTITY, "/api" + account + what)) {
            case Answer.Done _ -> Toast.done(redirect, done);
            case Answer.Refused refused -> Toast.failed(redirect, "part.refused", refused.detail());
            case Answer.Away _ -> Toast.failed(redirect, "part.away", Service.IDENTITY.fullName());
        }
        return "redirect:" + account;
    }
}
