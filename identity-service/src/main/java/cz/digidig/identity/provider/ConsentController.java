package cz.digidig.identity.provider;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.web.PageController;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import java.util.List;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks whether a mail program may have what it asks for. The form goes to the authorization end point. */
@Hidden
@PageController
class ConsentController {
    private final Clients clients;

    ConsentController(Clients clients) {
        this.clients = clients;
    }

    @GetMapping("/oauth2/consent")
    String page(
            @RequestParam("client_id") String client,
            @RequestParam String scope,
            @RequestParam String state,
            Model model) {
        RegisteredClient registered = clients.findByClientId(client);
        if (registered == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such client");
        }
        List<String> asked = Arrays.stream(scope.split(" ", -1))
                .filter(registered.getScopes()::contains)
                .filter(name -> !name.equals("openid"))
                .distinct()
                .toList();
        model.addAttribute("client", registered.getClientId());
        model.addAttribute("scopes", asked);
        model.addAttribute("state", state);
        return "pages/consent";
    }
}
