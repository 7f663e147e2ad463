package cz.digidig.common.signin;

import cz.digidig.common.web.PageController;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page whose it is. */
@ControllerAdvice(annotations = PageController.class)
@ConditionalOnSignIn
class PersonModel {
    @ModelAttribute("person")
    @Nullable
    String person(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof Person person
                ? person.address()
                : null;
    }
}
