package cz.digidig.identity.change;

import cz.digidig.common.api.identity.IdentityChange;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Where a change is told, inside the transaction that makes it, if there is one. Listeners hear of it after the commit. */
@Component
public class Changes {
    private final ApplicationEventPublisher publisher;

    Changes(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    public void account(String id) {
        publisher.publishEvent(new IdentityChange(IdentityChange.Kind.ACCOUNT, id));
    }

    public void alias(String id) {
        publisher.publishEvent(new IdentityChange(IdentityChange.Kind.ALIAS, id));
    }

    /** A sign-in by a browser ended. */
    public void signIn(String id) {
        publisher.publishEvent(new IdentityChange(IdentityChange.Kind.SIGN_IN, id));
    }

    public void domain(String id) {
        publisher.publishEvent(new IdentityChange(IdentityChange.Kind.DOMAIN, id));
    }
}
