package cz.digidig.common.apidoc;

import cz.digidig.common.security.Caller;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;

/**
 * Which scopes an operation may be called with: asked from the very rules that let callers in, so that a document can't say
 * otherwise.
 */
final class Scopes {
    private static final List<String> ALL =
            List.of("mail.read", "mail.write", "mail.send", "account", "domain-admin", "admin", "internal");

    private static final Authentication NOBODY =
            new AnonymousAuthenticationToken("nobody", "nobody", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

    private final WebInvocationPrivilegeEvaluator rules;

    Scopes(WebInvocationPrivilegeEvaluator rules) {
        this.rules = rules;
    }

    void addTo(OpenAPI document) {
        if (document.getPaths() != null) {
            document.getPaths().forEach((path, item) -> item.readOperationsMap()
                    .forEach((method, operation) -> complete(path, method.name(), operation)));
        }
    }

    /** An operation that says by itself that it is open stays so. */
    private void complete(String path, String method, Operation operation) {
        if (operation.getSecurity() != null && operation.getSecurity().isEmpty()) {
            return;
        }
        if (allows(path, method, NOBODY)) {
            operation.setSecurity(List.of());
            return;
        }
        operation.setSecurity(
                allows(path, method, somebody())
                        ? List.of(new SecurityRequirement().addList(ApiDescription.TOKEN))
                        : ALL.stream()
                                .filter(scope -> allows(path, method, somebody("SCOPE_" + scope)))
                                .map(scope -> new SecurityRequirement().addList(ApiDescription.TOKEN, scope))
                                .toList());
    }

    private static Authentication somebody(String... authorities) {
        return UsernamePasswordAuthenticationToken.authenticated(
                "somebody", "", AuthorityUtils.createAuthorityList(authorities));
    }

    private boolean allows(String path, String method, Authentication caller) {
        return Stream.of("x", Caller.ME)
                .map(account -> path.replace("{account}", account).replaceAll("\\{[^}]*}", "x"))
                .anyMatch(supposed -> rules.isAllowed("", supposed, method, caller));
    }
}
