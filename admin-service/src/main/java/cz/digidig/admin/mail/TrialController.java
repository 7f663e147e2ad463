package cz.digidig.admin.mail;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.web.PageController;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Tries how mail goes out: a message to an address, and a smart host up to the envelope, with the whole dialogue. */
@PageController
class TrialController {
    private final Backend backend;

    TrialController(Backend backend) {
        this.backend = backend;
    }

    @ModelAttribute
    void whole(@ModelAttribute("whole") boolean whole) {
        if (!whole) {
            throw new AccessDeniedException("trials are for administrators of the whole suite");
        }
    }

    @GetMapping("/mail/test")
    String page(Model model) {
        model.addAttribute(
                "hosts",
                backend.mine()
                        .get(Service.SMTP, "/api/config")
                        .content()
                        .map(config -> config.path("smartHosts"))
                        .orElse(MissingNode.getInstance()));
        return "pages/trial";
    }

    @PostMapping("/mail/test/message")
    String message(@RequestParam(defaultValue = "") String to, @ModelAttribute("person") String person, Model model) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("to").add(to.strip());
        body.put("subject", "DIGiDIG: test message");
        body.put(
                "text", "This message was sent from the administration by " + person + " to see that mail goes out.\n");
        Calls calls = backend.mine();
        model.addAttribute("to", to);
        switch (calls.post(Service.SMTP, "/api/messages", body)) {
            case Answer.Done done -> model.addAttribute("sent", done.body());
            case Answer.Refused refused -> model.addAttribute("problem", said(refused));
            case Answer.Away _ -> model.addAttribute("away", true);
        }
        return page(model);
    }

    private static String said(Answer.Refused refused) {
        return refused.fields().isEmpty()
                ? refused.detail()
                : refused.fields().getFirst().field() + ": "
                        + refused.fields().getFirst().message();
    }

    @PostMapping("/mail/test/smart-host")
    String smartHost(
            @RequestParam String host,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            Model model) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("host", host);
        if (!from.isBlank()) {
            body.put("from", from.strip());
        }
        if (!from.isBlank() && !to.isBlank()) {
            body.put("to", to.strip());
        }
        model.addAttribute("host", host);
        switch (backend.mine().post(Service.SMTP, "/api/smtp/smart-hosts/test", body)) {
            case Answer.Done done -> model.addAttribute("trial", done.body());
            case Answer.Refused refused -> model.addAttribute("problem", said(refused));
            case Answer.Away _ -> model.addAttribute("away", true);
        }
        return page(model);
    }
}
