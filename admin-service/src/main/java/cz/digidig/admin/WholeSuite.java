package cz.digidig.admin;

import cz.digidig.common.web.PageController;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page what the person may see. */
@ControllerAdvice(annotations = PageController.class)
class WholeSuite {
    /** Whether the person runs the whole suite, and not some domains alone. */
    @ModelAttribute("whole")
    boolean whole(@Nullable Authentication authentication) {
        return authentication != null
                && authentication.getAuthorities().stream().anyMatch(role -> "ROLE_ADMIN".equals(role.getAuthority()));
    }
}
