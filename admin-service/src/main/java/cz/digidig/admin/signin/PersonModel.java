package cz.digidig.admin.signin;

import cz.digidig.common.web.PageController;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page whose it is. */
@ControllerAdvice(annotations = PageController.class)
class PersonModel {
    @ModelAttribute("person")
    @Nullable
    String person(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof Persons.Person person
                ? person.address()
                : null;
    }

    /** Whether the person runs the whole suite, and not some domains alone. */
    @ModelAttribute("whole")
    boolean whole(@Nullable Authentication authentication) {
        return authentication != null
                && authentication.getAuthorities().stream().anyMatch(role -> "ROLE_ADMIN".equals(role.getAuthority()));
    }
}
