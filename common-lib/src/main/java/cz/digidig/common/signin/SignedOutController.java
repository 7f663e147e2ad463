package cz.digidig.common.signin;

import cz.digidig.common.web.PageController;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a sign-in that did not work ends: a page with a way to try again, not a loop. */
@PageController
@ConditionalOnSignIn
class SignedOutController {
    @GetMapping(Doors.OUTSIDE)
    String signedOut(@RequestParam(required = false) @Nullable String failed, Model model) {
        model.addAttribute("failed", failed != null);
        return "layout/signed-out";
    }
}
